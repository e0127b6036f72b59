//! Which of my devices is it? Two words out of what the browser says of itself; the rest is not
//! kept, because it would tell people apart.

/// Signs of browsers; those that pretend to be another stand before it.
const BROWSERS: [(&str, &str); 9] = [
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("QQBrowser", "QQ 浏览器"),
    ("HuaweiBrowser", "华为浏览器"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 8] = [
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// `Chrome · Windows`; empty when nothing is known.
pub(super) fn words(user_agent: &str) -> String {
    let known = |signs: &[(&str, &'static str)]| {
        signs
            .iter()
            .find(|(sign, _)| user_agent.contains(sign))
            .map(|(_, word)| *word)
    };
    [known(&BROWSERS), known(&SYSTEMS)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_told_in_two_words() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like \
                    Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0";
        let wechat = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile \
                      Safari/537.36 MicroMessenger/8.0.50";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 \
                      (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

        assert_eq!(words(edge), "Edge · Windows");
        assert_eq!(words(wechat), "微信 · Android");
        assert_eq!(words(iphone), "Safari · iPhone");
        assert_eq!(words("curl/8.5"), "");
    }
}
