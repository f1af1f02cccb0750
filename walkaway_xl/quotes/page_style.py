"""How a report looks: light and dark by the reader's system, light on paper."""

_LIGHT = """--bg:#fff;--ink:#16202b;--mute:#515d69;--line:#d3dae1;--acc:#0b559f;--ok:#7fa8c9;
--near:#efd88a;--low:#d9772b;
--loss:#8c1d2f;--sum:#2d5b82;--less:#a3adb8;--note:#fff6dc;--noteline:#d9b23c;--hatch:#fff;
--h0:#f2f4f6;--h1:#fdeedd;--h2:#fad2a8;--h3:#f0a765;--h4:#dc7a35;--h5:#963509;--t:#16202b;--t5:#fff"""
_DARK = """--bg:#11161c;--ink:#e8edf2;--mute:#a8b3be;--line:#36414c;--acc:#7db8f2;--ok:#74a3c8;
--near:#f2e2a0;--low:#dd8237;
--loss:#bd3650;--sum:#7fb0d9;--less:#66727e;--note:#332b14;--noteline:#8f7424;--hatch:#11161c;
--h0:#1d242c;--h1:#3a2b1e;--h2:#5a3a1f;--h3:#86491a;--h4:#c97530;--h5:#f7b271;--t:#f3ece5;
--t5:#11161c"""

STYLE = f"""
:root{{color-scheme:light dark;{_LIGHT}}}
@media screen and (prefers-color-scheme:dark){{:root{{{_DARK}}}.h4{{color:#11161c}}}}
*{{box-sizing:border-box}}
body{{margin:0;background:var(--bg);color:var(--ink);
font:16px/1.5 system-ui,"Segoe UI",Roboto,"Liberation Sans",
Arial,sans-serif;font-variant-numeric:tabular-nums}}
header,nav ul,main,footer{{max-width:1120px;margin:0 auto;padding:0 24px}}
header{{padding-top:20px}}h1{{font-size:1.05rem;margin:0}}.mute{{color:var(--mute);font-size:.88rem;
margin:2px 0}}
nav{{border-block:1px solid var(--line);margin-top:12px}}
nav ul{{display:flex;flex-wrap:wrap;gap:2px 20px;list-style:none;padding-block:8px;font-size:.88rem}}
a{{color:var(--acc)}}nav a{{text-decoration:none}}:focus-visible{{outline:3px solid var(--acc);
outline-offset:2px}}
.skip{{position:absolute;left:-999px}}.skip:focus{{left:8px;top:8px;background:var(--bg);padding:8px}}
section{{padding:26px 0 4px}}h2{{font-size:1.3rem;line-height:1.3;margin:0 0 6px;text-wrap:balance}}
h3{{font-size:1.1rem;margin:0 0 6px}}
.big{{font-size:clamp(3rem,9vw,5rem);line-height:1;font-weight:700;letter-spacing:-.03em;
margin:30px 0 10px}}
.big small{{font-size:.34em;font-weight:500;letter-spacing:0;color:var(--mute);white-space:nowrap}}
@media(max-width:600px){{.big small{{display:block;white-space:normal;line-height:1.3}}}}
.say{{font-size:1.25rem;line-height:1.42;max-width:56ch;margin:0 0 14px}}
.note{{background:var(--note);border-left:4px solid var(--noteline);padding:9px 14px;font-size:.92rem;
max-width:900px}}
.note p{{margin:2px 0}}
.figures{{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));
border-top:2px solid var(--ink);
margin:6px 0 18px}}.figures div{{padding:10px 14px 4px 0}}.figures dt{{color:var(--mute);
font-size:.85rem}}
.figures dd{{margin:0;font-size:1.5rem;font-weight:650;line-height:1.25}}
.wide{{overflow-x:auto}}.wide+.wide{{margin-top:16px}}table{{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.35}}
caption{{text-align:left;color:var(--mute);font-size:.87rem;padding-bottom:6px}}
th,td{{padding:5px 8px;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);
overflow-wrap:anywhere}}
thead :is(th,td){{border-bottom:1.5px solid var(--ink);vertical-align:bottom}}tbody th{{font-weight:500}}
.worst th:first-child{{width:34%}}tbody th:not(.r),tbody td:not(.r):not(.bar){{min-width:7.5em}}
th:first-child,td:first-child{{padding-left:0}}tfoot th,tfoot td{{border-top:1.5px solid var(--ink);
border-bottom:0;
font-weight:650}}.r{{text-align:right;white-space:nowrap;overflow-wrap:normal}}.under{{display:block;
color:var(--mute);
font-size:.85em}}
.sign{{white-space:nowrap}}.sign i{{font-style:normal;margin-right:6px}}.OK i{{color:var(--ok)}}
.NEAR i{{color:#a88515}}
.LOW i{{color:var(--low)}}.LOSS i{{color:var(--loss)}}
.fall td.bar{{width:46%;padding-right:14px}}.bar span{{display:block;height:18px}}
.sum span{{background:var(--sum)}}
.less span{{background:var(--less)}}.gain span{{background:var(--ok)}}.loss span{{background:var(--low)}}
.due span{{background:repeating-linear-gradient(-45deg,var(--low) 0 6px,
var(--hatch) 6px 8px)}}.sum th,.sum .v{{font-weight:650}}
.heat td{{border-bottom:2px solid var(--bg);border-left:2px solid var(--bg)}}
.h0{{background:var(--h0)}}.h1{{background:var(--h1)}}.h2{{background:var(--h2)}}
.h3{{background:var(--h3)}}
.h4{{background:var(--h4)}}.h5{{background:var(--h5);color:var(--t5)}}
.when{{width:100%;height:auto;font-size:15px;margin:6px 0 14px}}.when text{{fill:var(--mute)}}
.when .head{{fill:var(--ink);font-weight:600}}.when .label{{text-anchor:middle}}.when .end{{text-anchor:end}}
.when .good{{fill:var(--sum)}}.when .bad{{fill:var(--loss)}}.when .axis{{stroke:var(--ink)}}
.choose{{display:flex;flex-wrap:wrap;gap:10px 14px;align-items:end;margin:8px 0 12px;scroll-margin-top:8px}}
.choose[hidden]{{display:none}}.choose label{{display:grid;font-size:.85rem;color:var(--mute)}}
input,select,.choose button{{font:inherit;font-size:.95rem;color:var(--ink);background:var(--bg);
border:1px solid var(--mute);border-radius:4px;padding:5px 8px;min-height:2.2em;max-width:15em}}
output{{flex-basis:100%;font-weight:600}}
th button,td button{{font:inherit;color:inherit;background:none;border:0;padding:0;margin:0;
text-align:inherit;cursor:pointer;text-decoration:underline dotted;text-underline-offset:3px}}
.heat td button{{width:100%;text-align:right;text-decoration:none}}
[aria-sort=ascending] button::after{{content:" ▲"}}[aria-sort=descending] button::after{{content:" ▼"}}
.lines{{font-size:.84rem}}.lines th,.lines td{{padding:4px 5px}}.lines th:first-child{{min-width:14em}}
.lines td:not(.r){{min-width:0}}.paper{{display:none}}
code{{overflow-wrap:anywhere;font-size:.9em}}footer{{padding-block:24px;color:var(--mute);
font-size:.85rem}}
@page{{size:A4;margin:14mm 16mm;@bottom-right{{content:counter(page) " / " counter(pages)}}}}
@media print{{nav,.skip,.choose,.choose[hidden],.late{{display:none}}.paper{{display:block}}
.lines{{font-size:6.5pt}}.lines th,.lines td{{padding:2px 3px}}.lines th:first-child{{min-width:15em}}
th button,td button{{text-decoration:none}}body{{font-size:10pt}}.wide{{overflow:visible}}
thead{{display:table-header-group}}
tr,.figures,.note,.fall{{break-inside:avoid}}table:not(.lines){{font-size:8pt}}
table:not(.lines) :is(th,td){{padding:3px 5px}}
h2,caption{{break-after:avoid}}*{{print-color-adjust:exact;
-webkit-print-color-adjust:exact}}}}
"""
