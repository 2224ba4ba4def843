//! Writes reviews as JSON, in the plain format or as schema.org JSON-LD.

mod item_list;
mod json_ld;
mod plain;
mod serialize;

pub use item_list::item_list;
pub use json_ld::json_ld;
pub use plain::{collection, plain};

use crate::json::Json;
use crate::model::Decimal;

/// A JSON object whose methods skip missing values.
struct Object(Vec<(String, Json)>);

impl Object {
    fn new() -> Self {
        Self(Vec::new())
    }

    /// Returns an object with a schema.org `@type`.
    fn of_type(kind: &str) -> Self {
        let mut object = Self::new();
        object.text("@type", Some(kind));
        object
    }

    fn put(&mut self, key: &str, value: Json) {
        self.0.push((key.into(), value));
    }

    fn text<T: AsRef<str>>(&mut self, key: &str, value: Option<T>) {
        if let Some(text) = value {
            self.put(key, text.as_ref().into());
        }
    }

    fn number(&mut self, key: &str, value: Decimal) {
        self.put(key, number(value));
    }

    /// A count, a position or a length in pixels.
    fn whole(&mut self, key: &str, value: Option<u32>) {
        if let Some(value) = value {
            self.number(key, Decimal::from(value));
        }
    }

    fn object(&mut self, key: &str, value: Option<Object>) {
        if let Some(object) = value {
            self.put(key, object.into());
        }
    }

    /// Writes a list, unless it is empty.
    fn list(&mut self, key: &str, items: Vec<Json>) {
        if !items.is_empty() {
            self.put(key, Json::List(items));
        }
    }

    fn texts(&mut self, key: &str, items: &[String]) {
        self.list(key, items.iter().map(|item| item.as_str().into()).collect());
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Json::Object(object.0)
    }
}

fn number(value: Decimal) -> Json {
    Json::Number(value)
}
