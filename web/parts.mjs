// Serves the style guide on http://127.0.0.1:8090 under the program's own Content-Security-Policy, with invented answers for
// the addresses that scripts ask. For people who write templates and styles; the program itself never runs this.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { areas, locate, pins } from "./parts/ground.mjs";

const CSP = "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" };
const STATES = ["吹哨中", "处理中", "已派单", "已收到", "待确认"];
const port = Number(process.env.PORT ?? 8090);
let polls = 0;

createServer(async (request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  const send = (status, type, body, more = {}) => {
    response.writeHead(status, { "Content-Type": `${type}; charset=utf-8`, "Content-Security-Policy": CSP, Vary: "Linli-Part", ...more });
    response.end(body);
  };
  const json = (value) => send(200, "application/json", JSON.stringify(value));
  try {
    if (request.method === "POST") return send(303, "text/plain", "", await settings(request));
    if (url.pathname === "/areas/suggest") return json(suggest(url.searchParams.get("q") ?? ""));
    if (url.pathname === "/areas/locate") return json(locate(Number(url.searchParams.get("lat")), Number(url.searchParams.get("lon"))));
    if (url.pathname === "/jobs/demo.json") return json({ done: Math.min(100, (polls += 7)), total: 100, state: polls < 100 ? "running" : "done", text: `已读 ${Math.min(100, polls) * 200} 行` });
    if (url.pathname.startsWith("/ground/")) return json(url.pathname === "/ground/pins" ? pins() : areas(url.pathname.slice(8)));
    if (url.pathname.startsWith("/requests")) return send(200, "text/html", await workbench(url, request));
    const path = url.pathname === "/" ? "/parts.html" : url.pathname;
    const file = await readFile(new URL(`.${path}`, import.meta.url), "utf8");
    send(200, TYPES[extname(path)] ?? "text/plain", extname(path) === ".html" ? await dress(file, url, request) : file);
  } catch {
    send(404, "text/plain", "没有这一页");
  }
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/`));

/** Language, direction, theme and size from the address or a cookie, and the words. */
async function dress(page, url, request) {
  const cookies = Object.fromEntries((request.headers.cookie ?? "").split("; ").map((pair) => pair.split("=")));
  const of = (name) => url.searchParams.get(name) ?? cookies[name];
  const words = await readFile(new URL("words/words.zh-CN.json", import.meta.url), "utf8");
  const marks = [of("theme") && `data-theme="${of("theme")}"`, of("size") && `data-size="${of("size")}"`, `dir="${of("dir") ?? "ltr"}"`];
  return page.replace('lang="zh-CN"', `lang="zh-CN" ${marks.filter(Boolean).join(" ")}`).replace("<!--words-->", `<script type="application/json" id="words">${words}</script>`);
}

async function settings(request) {
  let body = "";
  for await (const chunk of request) body += chunk;
  const cookies = [...new URLSearchParams(body)].filter(([name]) => ["theme", "size", "dir"].includes(name)).map(([name, value]) => `${name}=${value}; Path=/`);
  return { Location: request.headers.referer ?? "/", "Set-Cookie": cookies };
}

function suggest(query) {
  const found = [];
  for (let building = 1; building <= 60; building += 1) {
    const label = `锦江苑 ${building} 栋`;
    if (label.includes(query)) found.push({ id: `b${building}`, label, lat: 30.655 + building * 1e-4, lon: 104.081 + building * 1e-4 });
  }
  return found.slice(0, 8);
}

/** The workbench sample: a filtered list and one detail. */
async function workbench(url, request) {
  const page = await readFile(new URL("parts/workbench.html", import.meta.url), "utf8");
  const query = url.searchParams.get("q") ?? "";
  const state = url.searchParams.get("state") ?? "";
  const found = pins().features.map(({ properties }) => properties).filter((pin) => pin.title.includes(query) && (!state || pin.state === state));
  const open = url.pathname.split("/")[2];
  const rows = found.slice(0, 12).map((pin) => row(pin, pin.id === open)).join("");
  const empty = '<tr><td colspan="6"><div class="empty"><p>没有符合条件的诉求</p><a class="btn" href="/requests">清除条件</a></div></td></tr>';
  const pin = pins().features.find(({ properties }) => properties.id === open)?.properties;
  const detail = pin ? page.replace(/<!--nothing-->[^]*?<!--end-->/, "").replaceAll("QS-0", pin.id).replaceAll("@title", pin.title).replaceAll("@state", pin.state).replaceAll("@tone", pin.tone) : page.replace(/<!--detail-->[^]*?<!--end-->/, "");
  return dress(detail.replace("<!--rows-->", rows || empty).replaceAll("@count", String(found.length)).replaceAll("@open", pin ? "has-detail" : "").replaceAll("@states", STATES.map((name) => `<option${name === state ? " selected" : ""}>${name}</option>`).join("")).replaceAll("@q", query.replace(/[<>"&]/g, "")), url, request);
}

function row(pin, open) {
  const current = open ? ' aria-current="true"' : "";
  return `<tr data-row data-pin="${pin.id}"${current}><td class="pick"><label><input type="checkbox" name="id" value="${pin.id}" data-bulk-item><span class="vh">选择 ${pin.id}</span></label></td><td class="title"><a href="${pin.href}" data-part="detail" data-keep${current}>${pin.title}</a><small>${pin.id} · 小程序</small></td><td data-label="网格">2-07</td><td data-label="承办">物业 李师傅</td><td data-label="状态"><span class="tag ${pin.tone}">${pin.state}</span></td><td data-label="剩余" class="num">5:12</td></tr>`;
}
