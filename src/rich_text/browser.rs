//! Parses HTML with the browser's own parser, into an inert document.
//!
//! The attack: markup, or a page, that interferes with our use of the parser. `<form><input name=firstChild>` and `<img
//! name=body>` override properties of forms and documents (DOM clobbering). So every getter here is `final`: it is
//! taken once from the interface's prototype and called on the node, and the walk starts at the document node. Under
//! `require-trusted-types-for 'script'` the parser does not accept strings. So there is one policy named `review-card`,
//! which passes our strings to `DOMParser` only, as a document that runs and loads nothing. (On a page with the
//! element, the script creates the policy and passes it in.)
//!
//! The gap that remains: a page that replaces `DOMParser` or its prototypes is trusted. If the page forbids both the
//! policy and the parser, the text is shown without markup (`plain`).

use std::cell::OnceCell;

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::walk::{self, Name, Source};
use super::{Node, plain};

/// Values of [`nodeType`](https://dom.spec.whatwg.org/#dom-node-nodetype).
const ELEMENT: u32 = 1;
const TEXT: u32 = 3;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = DOMParser)]
    type DomParser;
    #[wasm_bindgen(constructor, js_class = "DOMParser")]
    fn new() -> DomParser;
    #[wasm_bindgen(catch, method, js_name = parseFromString)]
    fn parse(this: &DomParser, html: &JsValue, kind: &str) -> Result<DomNode, JsValue>;

    #[wasm_bindgen(js_name = Node)]
    type DomNode;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = nodeType)]
    fn kind_number(this: &DomNode) -> u32;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = nodeName)]
    fn name(this: &DomNode) -> String;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = nodeValue)]
    fn value(this: &DomNode) -> Option<String>;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = firstChild)]
    fn first(this: &DomNode) -> Option<DomNode>;
    #[wasm_bindgen(method, getter, final, js_class = "Node", js_name = nextSibling)]
    fn next(this: &DomNode) -> Option<DomNode>;
    #[wasm_bindgen(method, final, js_class = "Element", js_name = getAttribute)]
    fn get_attribute(this: &DomNode, name: &str) -> Option<String>;

    /// A Trusted Types policy of the page.
    pub type Policy;
    #[wasm_bindgen(catch, method, js_name = createHTML)]
    fn create_html(this: &Policy, html: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = trustedTypes, js_name = createPolicy)]
    fn create_policy(name: &str, rules: &Object) -> Result<Policy, JsValue>;
    #[wasm_bindgen(thread_local_v2, js_name = String)]
    static STRING: JsValue;
}

thread_local! {
    /// `None` if the browser has no Trusted Types, or if the page does not allow the policy's name.
    static POLICY: OnceCell<Option<Policy>> = const { OnceCell::new() };
}

/// Uses the policy that the page's script created, if there is one, instead of creating another.
pub fn trust(made: Option<Policy>) {
    POLICY.with(|policy| {
        policy.get_or_init(|| made);
    });
}

fn make_policy() -> Option<Policy> {
    let rules = Object::new();
    // `String` returns its argument. So the policy needs no function of ours and no `eval`.
    STRING.with(|string| Reflect::set(&rules, &"createHTML".into(), string)).ok()?;
    create_policy("review-card", &rules).ok()
}

/// Returns the safe content, or only the text if the page forbids the parser.
pub(super) fn parse(html: &str, base: Option<&str>) -> Vec<Node> {
    let trusted = POLICY.with(|policy| policy.get_or_init(make_policy).as_ref()?.create_html(html).ok());
    match DomParser::new().parse(&trusted.unwrap_or_else(|| html.into()), "text/html") {
        Ok(document) => walk::blocks(&document, html, base),
        Err(_) => plain::paragraphs(html),
    }
}

impl Source for DomNode {
    /// The parser writes every tag name in lower case, and the `nodeName` of an HTML element is in upper case. So an
    /// element whose name begins with a capital is in the HTML namespace. (`<?PHP` is a processing instruction in some
    /// browsers, a comment in others: neither is an element.)
    fn kind(&self) -> Name {
        match self.kind_number() {
            TEXT => Name::Text(self.value().unwrap_or_default()),
            ELEMENT => {
                let mut name = self.name();
                if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
                    return Name::Other;
                }
                name.make_ascii_lowercase();
                Name::Html(name)
            }
            _ => Name::Other,
        }
    }

    fn attribute(&self, name: &str) -> Option<String> {
        self.get_attribute(name)
    }

    fn first_child(&self) -> Option<Self> {
        self.first()
    }

    fn next_sibling(&self) -> Option<Self> {
        self.next()
    }
}
