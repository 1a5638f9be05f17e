/** Bytes of the page the real shop sends for an unknown path and for every crash. */
const pageSize = 11_280;

/** The "not there" page: HTTP 200, HTML, the same bytes every time. */
export function htmlPage(): Response {
  return new Response(pageText, {headers: {'content-type': 'text/html; charset=UTF-8'}});
}

const pageText = pad(
  `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>404</title>
<style>
body{margin:0;display:flex;min-height:100vh;align-items:center;justify-content:center;background:#f5f6f8;color:#333;font:16px/1.6 sans-serif}
main{text-align:center}
h1{margin:0;font-size:72px;color:#9aa5b1}
/*FILL*/
</style>
</head>
<body>
<main><h1>404</h1><p>页面走丢了</p><p><a href="/">返回首页</a></p></main>
</body>
</html>
`,
);

/** Fills the style sheet up to the size of the real page with rules that match nothing. */
function pad(template: string): string {
  const size = (text: string): number => new TextEncoder().encode(text).length;
  const room = pageSize - size(template.replace('/*FILL*/', ''));
  const rules = Array.from({length: 200}, (_, index) => `.leaf-${index}{transform:rotate(${index}deg)}`).join('\n');
  const fill = rules.slice(0, rules.lastIndexOf('}', room - 8) + 1);
  return template.replace('/*FILL*/', `${fill}/*${'*'.repeat(room - size(fill) - 4)}*/`);
}
