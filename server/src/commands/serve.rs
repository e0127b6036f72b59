//! Serves: opens the doors, works behind them, and stops without dropping anybody.

use std::net::SocketAddr;

use anyhow::Context;
use axum::Router;
use axum::routing::get;
use clap::Args;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use platform::{House, workers};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::Choices;

/// Opens the doors.
#[derive(Args, Debug)]
pub struct Serve {
    /// Where to listen.
    #[arg(
        long,
        env = "LINLI_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDR"
    )]
    pub listen: SocketAddr,
    /// Where Prometheus finds /metrics; an address that only the operator reaches.
    #[arg(long, env = "LINLI_METRICS", value_name = "ADDR")]
    pub metrics: Option<SocketAddr>,
}

impl Serve {
    pub(super) async fn run(self, choices: &Choices) -> anyhow::Result<()> {
        log_to_stderr();
        let metrics = self.metrics.map(|_| install_metrics()).transpose()?;
        let house = super::open(choices, false).await?;
        self.serve(house, metrics).await
    }

    /// Serves a house until the process is told to stop, then finishes what is in hand.
    pub(super) async fn serve(
        self,
        house: House,
        metrics: Option<PrometheusHandle>,
    ) -> anyhow::Result<()> {
        let router = platform::web::router(&house, crate::routes(&crate::slices()));
        let listener = TcpListener::bind(self.listen)
            .await
            .with_context(|| format!("nobody can listen on {}: is it in use?", self.listen))?;
        let listened = house.clone();
        let (stop, stopped) = watch::channel(false);
        let hands = tokio::spawn(workers::work(house.clone(), stopped.clone()));
        if let (Some(address), Some(handle)) = (self.metrics, metrics) {
            let listener = TcpListener::bind(address)
                .await
                .context("the address for metrics")?;
            let page = Router::new().route("/metrics", get(async move || handle.render()));
            tokio::spawn(async move { axum::serve(listener, page).await });
        }
        println!("listening on http://{}", listener.local_addr()?);
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service)
            .with_graceful_shutdown(async move {
                told_to_stop().await;
                // Nobody listens any more only when the workers have already stopped.
                let _ = stop.send(true);
                listened.end_streams();
            })
            .await?;
        hands.await?;
        house.db().clone().close().await?;
        println!("stopped");
        Ok(())
    }
}

fn install_metrics() -> anyhow::Result<PrometheusHandle> {
    PrometheusBuilder::new()
        .install_recorder()
        .context("the recorder of metrics")
}

/// Structured lines on standard error: ids and counts, never names or words of people.
pub(super) fn log_to_stderr() {
    let wanted = std::env::var_os("LINLI_LOG").unwrap_or_default();
    let wanted = wanted.to_str().filter(|words| !words.is_empty());
    let wanted = wanted.and_then(|words| words.parse().ok());
    let filter: Targets = wanted.unwrap_or_else(|| Targets::new().with_default(Level::INFO));
    tracing_subscriber::registry()
        .with(fmt::layer().json().with_writer(std::io::stderr))
        .with(filter)
        .init();
}

async fn told_to_stop() {
    let by_keyboard = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut by_system) = signal(SignalKind::terminate()) else {
            let _ = by_keyboard.await;
            return;
        };
        tokio::select! {
            _ = by_keyboard => {}
            _ = by_system.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = by_keyboard.await;
    }
}
