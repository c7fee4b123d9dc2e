// Prints commands.tsv: what a JavaScript program makes of tricky input, the way the demo's server
// does it (trim, JSON.parse, plain text where that throws). Run with `node commands.mjs`.
// Topics keep lone surrogates, for which a session refuses them; messages are made well-formed.
// Columns: input, kind, topic, message; all but printable ASCII is written as \uXXXX.

const field = (value) => (typeof value === "string" ? value.trim() : "");

function read(input) {
  const text = input.trim();
  if (!text) return ["nothing", "", ""];
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return ["say", "", text];
  }
  if (value === null || typeof value !== "object") return ["unsupported", "", ""];
  const topic = field(value.topic);
  switch (field(value.action).toLowerCase()) {
    case "subscribe": return ["subscribe", topic, ""];
    case "unsubscribe": return ["unsubscribe", topic, ""];
    case "publish": return ["publish", topic, field(value.message).toWellFormed()];
    case "list": return ["list", "", ""];
    default: return ["unknown", "", ""];
  }
}

const escape = (text) =>
  [...Array(text.length).keys()]
    .map((i) => text.charCodeAt(i))
    .map((c) =>
      c < 0x20 || c > 0x7e || c === 0x5c
        ? "\\u" + c.toString(16).padStart(4, "0")
        : String.fromCharCode(c))
    .join("");

const values = [
  "", "null", "true", "false", "nul", "nulll", "True", "NULL", "truefalse", "true false", "undefined",
  "NaN", "-NaN", "Infinity", "-Infinity", "0", "-0", "+1", "-", "--1", "-1", "01", "-01", "00", "0.0",
  "1.", ".5", "-.5", "1.5", "1.e1", "1e", "1e+", "1e1", "1E+1", "1e-1", "1e1.5", "1e400", "-1e400",
  "1e99999999999999999999", "0x10", "1_000", "1n", "1 2", "1,", "1,2", "1;", "1a", "1\"", "9".repeat(400),
  "0." + "3".repeat(400), '"', '""', '"a', '"a"', "'a'", '"a"b', '"a" "b"', '"a\nb"', '"a\tb"',
  '"\u0000"', '"\u001f"', '"\u007f"', '"\u2028"', '"\\n"', '"\\/"', "\"\\'\"", '"\\x41"', '"\\u12"',
  '"\\u12G4"', '"\\u0041"', '"\\U0041"', '"\\ud800"', '"\\', '"\\"', "`a`", "[", "]", "[]", "[[]]", "[1]",
  "[1,]", "[,1]", "[,]", "[1 2]", "[1,2", "[1]]", "[]]", "[] []", "[}", "[\"a\"", "[null,]", "{", "}", "{}",
  "{{}}", "{}}", "{}{}", "{} x", "{]", "{,}", "{1:2}", "{a:1}", "{'a':1}", '{"a"}', '{"a":}', '{"a":1',
  '{"a":1,}', '{,"a":1}', '{"a":1 "b":2}', '{"a":1;"b":2}', '{"a" :1}', '{"a"\n:\t1}', '{"a"::1}',
  '{"a":1}//x', '//x\n{}', '/**/{}', '{"a":1}/**/', "#x", "{}\u0000", "\u0000{}", "{\u00a0}", "{\f}", "{\v}",
  "{\u2028}", "{\ufeff}", "\ufeff{}", "{}\ufeff", "\u00a0{}\u00a0", "\u2029[]", "\u180e{}", "{}\u180e",
  "\u200b{}", "[\ufeff]", "hello", "(1)", "<a>", "t", "f", "n", "tru", "fals", "{bad json", "[draft] hi",
  "\"quoted\" speech", "-- dashes", "1st", "3 > 2", "null and void", "false alarm", "true story",
  "\ud83d\udd14", "[\ud83d\udd14]", "\"\ud83d\udd14\"", "{\"\ud83d\udd14\":1}", "[".repeat(500),
  "[".repeat(500) + "]".repeat(500), "[".repeat(500) + "]".repeat(501), '{"a":'.repeat(300),
  '{"a":'.repeat(300) + "1" + "}".repeat(300), '{"a":[{"b":[[1],{"c":null}]}]}', '{"":1}', '{"a":1,"a":2}',
  "\t\n\r ", "\u00a0\ufeff\u2028", "\u180e",
];

const actions = [
  '"subscribe"', '"unsubscribe"', '"publish"', '"list"', '"SUBSCRIBE"', '" Publish "', '"\\tlist\\n"',
  '"li\\u0073t"', '"lIST\\u00a0"', '"l\\u0130st"', '"\\u212aist"', '"subscribe\\u0000"', '"\\ufefflist"',
  '"\\u180elist"', '"join"', '""', '" "', "null", "1", "true", "[]", '["list"]', '{"action":"list"}',
  '"list', "list",
];

const fields = [
  '"sports"', '" sports "', '"Sports"', '""', '" \\t"', '"\\u00a0\\ufeff"', "null", "1", "true", "[]",
  '["sports"]', '{"topic":"sports"}', '"a b"', '"\\"quoted\\""', '"\\ud83d\\udd14"', '"\\ud800"',
  '"\\udc00 x"', '"\\u180e"', '"a\\u0000b"', '"#.*"', '"\u00e9\u9418"', '"\\u2028x"',
];

const objects = [
  ...actions.map((a) => `{"action":${a},"topic":"t","message":"m"}`),
  ...fields.flatMap((f) => [
    `{"action":"subscribe","topic":${f}}`,
    `{"message":${f},"topic":"t","action":"publish"}`,
  ]),
  ...fields.map((f) => `{"action":"publish","topic":${f},"message":"m","extra":${f}}`),
  '{"action":"subscribe"}', '{"action":"unsubscribe"}', '{"action":"publish"}',
  '{"action":"publish","topic":"t"}', '{"action":"publish","message":"m"}', '{"topic":"t","message":"m"}',
  '{"action":"list","action":"subscribe","topic":"a","topic":"b"}', '{"action":"list","action":1}',
  '{"action":1,"action":"list"}', '{"topic":"a","action":"subscribe","topic":null}',
  '{"topic":["a"],"action":"subscribe","topic":"b"}', '{"\\u0061ction":"list"}', '{"Action":"list"}',
  '{" action":"list"}', '{"__proto__":{"action":"list"}}', '{"constructor":"list"}',
  '{"x":{"action":"list"},"action":"subscribe","topic":"t"}', '[{"action":"list"}]',
  '{"action":"subscribe","topic":"t"} x', '{"action":"subscribe","topic":"t",}',
  '{"action":"subscribe","topic":"t"', '{"action":"subscribe","topic":"t\n"}',
  '{"action":"subscribe","topic":t}', '{"action":"list","x":01}', '{"action":"list","x":1e999999}',
  '{"action":"list","x":"\t"}', '{"action":"list","x":[1,2,{"y":null}]}', '{"action":"list","x":[1,2}',
  '{"action":"list","x":-}', '{"action":"list","x":tru}', '{"action":"list","x":NaN}',
  ' \u00a0{"action":"list"}\ufeff', '{\n  "action": "list"\n}',
];

for (const input of [...values, ...objects]) {
  console.log([input, ...read(input)].map(escape).join("\t"));
}
