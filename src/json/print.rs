//! Prints [`Json`] as text that is also safe in a `<script>` element.
//!
//! The attack: `</script>` or `<!--` in an author's text ends or distorts the script element that holds JSON-LD. The
//! defence: every `<` is written as `\u003c`. A JSON parser reads the same string, and an HTML parser sees no markup.
//! U+2028 and U+2029 are escaped too, because old JavaScript treats them as line ends.

use std::fmt;

use super::Json;

impl Json {
    /// Prints the value on one line. It avoids [`fmt`] to keep that code out of the `.wasm` modules.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        print(self, &mut out);
        out
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

fn print(value: &Json, out: &mut String) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Number(number) => out.push_str(&number.to_text(".")),
        Json::Text(text) => print_text(text, out),
        Json::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                print(item, out);
            }
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            for (i, (name, value)) in members.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                print_text(name, out);
                out.push(':');
                print(value, out);
            }
            out.push('}');
        }
    }
}

fn print_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\0'..='\x1f' | '<' | '\u{2028}' | '\u{2029}' => {
                out.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    out.push(char::from_digit((u32::from(c) >> shift) & 15, 16).unwrap_or('0'));
                }
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[track_caller]
    fn check(input: &str, expected: &str) {
        assert_eq!(parse(input.as_bytes()).unwrap().to_string(), expected);
    }

    #[test]
    fn prints_what_it_read() {
        check(
            r#"{"b":[1,2.5,-0.125,true,false,null],"a":"x"}"#,
            r#"{"b":[1,2.5,-0.125,true,false,null],"a":"x"}"#,
        );
        check(r#""tab\t quote\" \\ line\n""#, r#""tab\u0009 quote\" \\ line\n""#);
    }

    #[test]
    fn cannot_leave_a_script_element() {
        check(r#""</script><!--\u2028""#, r#""\u003c/script>\u003c!--\u2028""#);
    }
}
