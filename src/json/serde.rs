//! Converts [`Json`] from and to every format that [serde](https://serde.rs) supports, such as JSON, TOML and YAML.
//!
//! The `.wasm` modules do not call this code, so they do not contain it. In Brotli, reading JSON with serde_json would
//! add 4,149 bytes over the parser in this folder, and writing it 4,021 bytes.

use std::fmt;

use ::serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use ::serde::ser::{SerializeMap, SerializeSeq};
use ::serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Json, MAX_DEPTH};
use crate::model::Decimal;

/// With its feature `arbitrary_precision`, serde_json passes a number as an object with this one key and the digits as
/// text. Any crate of an app can turn that feature on for all crates.
const SERDE_JSON_NUMBER: &str = "$serde_json::private::Number";
/// The toml crate does the same for a date, which TOML writes without quotes: `published = 2024-06-30`.
const TOML_DATE: &str = "$__toml_private_datetime";

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value { depth: 0 }.deserialize(deserializer)
    }
}

/// A value nested inside `depth` arrays and objects.
#[derive(Clone, Copy)]
struct Value {
    depth: usize,
}

impl Value {
    /// Returns the state for a value one level deeper.
    fn inner<E: Error>(self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            return Err(E::custom(format_args!("expected at most {MAX_DEPTH} levels, found more")));
        }
        Ok(Self { depth: self.depth + 1 })
    }
}

impl<'de> DeserializeSeed<'de> for Value {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("null, true, false, a number, text, a list or an object")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        self.inner()?.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Json, E> {
        Ok(number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Json, E> {
        Ok(number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        let text = value.to_string();
        // TOML and YAML have `nan` and `inf`. As text they are reported by the reader.
        Ok(if value.is_finite() { number(text) } else { Json::Text(text) })
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let inner = self.inner()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let inner = self.inner()?;
        let mut members = Vec::new();
        while let Some(key) = entries.next_key_seed(inner)? {
            let key = match key {
                Json::Text(key) => key,
                // YAML keys need not be text: `2024: …`, `true: …`.
                Json::Number(_) | Json::Bool(_) | Json::Null => key.to_text(),
                Json::List(_) | Json::Object(_) => {
                    return Err(A::Error::custom("expected text as a key, found a list or an object"));
                }
            };
            match (key.as_str(), entries.next_value_seed(inner)?) {
                (SERDE_JSON_NUMBER, Json::Text(digits)) => return Ok(number(digits)),
                (TOML_DATE, date) => return Ok(date),
                (_, value) => members.push((key, value)),
            }
        }
        Ok(Json::Object(members))
    }
}

/// Returns a number as the parser in this folder does: beyond ±1e12 it becomes text.
fn number(literal: String) -> Json {
    Decimal::from_literal(&literal).map_or(Json::Text(literal), Json::Number)
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_unit(),
            Json::Bool(value) => serializer.serialize_bool(*value),
            Json::Number(number) => serialize_number(*number, serializer),
            Json::Text(text) => serializer.serialize_str(text),
            Json::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Json::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                members.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}

fn serialize_number<S: Serializer>(number: Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    let text = number.to_text(".");
    match text.parse() {
        Ok(whole) => serializer.serialize_i64(whole),
        Err(_) => serializer.serialize_f64(text.parse().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use ::serde::de::IntoDeserializer;
    use ::serde::de::value::{Error, StrDeserializer};

    use super::{Json, MAX_DEPTH, Value, Visitor};

    /// RON and other formats mark optional values and structs with one field.
    #[test]
    fn a_marked_value_is_the_value() {
        let text = || -> StrDeserializer<Error> { "a".into_deserializer() };
        let root = Value { depth: 0 };
        assert_eq!(root.visit_none::<Error>(), Ok(Json::Null));
        assert_eq!(root.visit_some(text()), Ok("a".into()));
        assert_eq!(root.visit_newtype_struct(text()), Ok("a".into()));
        assert!(Value { depth: MAX_DEPTH }.visit_newtype_struct(text()).is_err());
    }
}
