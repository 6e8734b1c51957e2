/** The page's style sheet; its hash is in the page's security policy. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c2330; --soft: #5d6778; --line: #d9dee7; --card: #fff;
  --ground: #f4f6f9; --accent: #1f5fbf; --good: #1a7f4b; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa4b5; --line: #2f3745;
  --card: #1b212b; --ground: #12161d; --accent: #7fb0ff; --good: #5fcf95; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2.5rem 1.25rem 4rem; background: var(--ground);
  color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.9rem; letter-spacing: -0.02em; }
header p { margin: 0.4rem 0 2rem; max-width: 44rem; color: var(--soft); }
h2 { margin: 0 0 0.75rem; font-size: 1.15rem; }
h2 small { color: var(--soft); font-weight: 400; }
h3 { margin: 1.4rem 0 0.4rem; color: var(--soft); font-size: 0.8rem; letter-spacing: 0.06em;
  text-transform: uppercase; }
.chain { margin: 0; padding: 0 0 0 1.5rem; border-left: 2px solid var(--line); list-style: none; }
.chain > li { position: relative; margin-bottom: 1.25rem; padding: 1.25rem 1.5rem;
  border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
.chain > li::before { position: absolute; top: 1.5rem; left: calc(-1.5rem - 8px); width: 12px;
  height: 12px; border: 2px solid var(--ground); border-radius: 50%; background: var(--accent); content: ""; }
dl { display: grid; grid-template-columns: 9.5rem 1fr; gap: 0.2rem 1.25rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; font-family: ui-monospace, monospace; font-size: 0.9rem; }
p { margin: 0; overflow-wrap: anywhere; }
.succeeded { color: var(--good); }
.failed { color: var(--bad); }
.none { color: var(--soft); }
.failure { margin-top: 0.5rem; padding: 0.6rem 0.9rem; border-left: 3px solid var(--bad);
  border-radius: 0 6px 6px 0; background: var(--ground); }
.explanation { grid-template-columns: 3.5rem 1fr; margin-top: 0.4rem; }
.explanation dd { font-family: inherit; font-size: 0.95rem; }
code { font-family: ui-monospace, monospace; font-size: 0.9em; }
table { width: 100%; border-collapse: collapse; font-size: 0.92rem; }
th { color: var(--soft); font-weight: 500; text-align: left; }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); }
td:first-child { overflow-wrap: anywhere; }
th:nth-child(2), td:nth-child(2) { text-align: right; font-variant-numeric: tabular-nums; }
th:nth-child(3), td:nth-child(3) { padding-right: 0; white-space: nowrap; }
a { color: var(--accent); }
footer { margin-top: 2rem; color: var(--soft); font-size: 0.85rem; overflow-wrap: anywhere; }
@media (max-width: 36rem) { dl, .explanation { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.4rem; } th:nth-child(3), td:nth-child(3) { white-space: normal; }
  table { font-size: 0.8rem; } body { padding: 1.25rem 0.6rem; }
  .chain > li { padding: 0.9rem 0.8rem; } }
`;
