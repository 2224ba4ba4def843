//! The card's custom properties as an author sets them, written as CSS, and the contrast of their colours by [WCAG
//! 2.2](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// A colour of the card: its token, and its defaults in light and dark mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color {
    /// The token without `--review-card-`.
    pub token: &'static str,
    /// The default in light mode, as `#rrggbb`.
    pub light: &'static str,
    /// The default in dark mode.
    pub dark: &'static str,
}

/// The colours, in the order of the form. A test compares their defaults with the style sheet.
pub const COLORS: [Color; 8] = [
    Color { token: "accent", light: "#8a2c4b", dark: "#f0a6bb" },
    Color { token: "accent-text", light: "#ffffff", dark: "#2a0f19" },
    Color { token: "star", light: "#a8690f", dark: "#e8b45a" },
    Color { token: "color", light: "#26221e", dark: "#ebe5dc" },
    Color { token: "muted", light: "#675e55", dark: "#aca396" },
    Color { token: "background", light: "#fffdf9", dark: "#1c1917" },
    Color { token: "surface", light: "#f5efe5", dark: "#292420" },
    Color { token: "border", light: "#e1d8ca", dark: "#3d362f" },
];

/// The tokens that are not colours, each with an example.
pub const MEASURES: [(&str, &str); 6] = [
    ("font", "Georgia, serif"),
    ("heading-font", "Didot, serif"),
    ("radius", "0"),
    ("gap", "20px"),
    ("max-width", "48rem"),
    ("shadow", "0 1px 4px #0003"),
];

/// Pairs of foreground and background, and the minimum contrast: 4.5 for text, 3 for graphics.
const PAIRS: [(&str, &str, f64); 6] = [
    ("color", "background", 4.5),
    ("muted", "background", 4.5),
    ("accent", "background", 4.5),
    ("accent-text", "accent", 4.5),
    ("star", "background", 3.0),
    ("color", "surface", 4.5),
];

/// The tokens that an author has set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// Colours in light mode, by token.
    #[serde(default)]
    pub light: BTreeMap<String, String>,
    /// Colours in dark mode, by token.
    #[serde(default)]
    pub dark: BTreeMap<String, String>,
    /// The other tokens.
    #[serde(default)]
    pub measures: BTreeMap<String, String>,
}

/// The contrast of two colours.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// The token of the text or graphic.
    pub text: &'static str,
    /// The token of the background.
    pub ground: &'static str,
    /// The contrast ratio, 1 to 21.
    pub ratio: f64,
    /// The minimum ratio that WCAG requires.
    pub least: f64,
}

impl Contrast {
    /// Returns whether the contrast is sufficient.
    pub fn is_enough(&self) -> bool {
        self.ratio >= self.least
    }
}

impl Theme {
    /// Returns a colour: the author's, otherwise the default.
    pub fn color(&self, color: Color, is_dark: bool) -> &str {
        let (own, default) = if is_dark { (&self.dark, color.dark) } else { (&self.light, color.light) };
        own.get(color.token).map_or(default, String::as_str)
    }

    /// Sets a colour; setting the default unsets it.
    pub fn set_color(&mut self, color: Color, is_dark: bool, value: &str) {
        let (own, default) =
            if is_dark { (&mut self.dark, color.dark) } else { (&mut self.light, color.light) };
        put(own, color.token, value, default);
    }

    /// Sets a token that is not a colour; an empty value unsets it.
    pub fn set_measure(&mut self, token: &str, value: &str) {
        put(&mut self.measures, token, value, "");
    }

    /// Returns whether nothing is set.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the declarations in a rule for `selector`; empty if nothing is set.
    pub fn css(&self, selector: &str) -> String {
        if self.is_default() {
            return String::new();
        }
        let mut css = format!("{selector} {{\n");
        for color in COLORS {
            if self.light.contains_key(color.token) || self.dark.contains_key(color.token) {
                let [light, dark] = [false, true].map(|is_dark| self.color(color, is_dark));
                declare(&mut css, color.token, &format!("light-dark({light}, {dark})"));
            }
        }
        for (token, _) in MEASURES {
            if let Some(value) = self.measures.get(token) {
                declare(&mut css, token, value);
            }
        }
        css.push_str("}\n");
        css
    }

    /// Returns the contrasts of all pairs, in light or dark mode.
    pub fn contrasts(&self, is_dark: bool) -> Vec<Contrast> {
        let color = |token: &str| {
            let color = COLORS.into_iter().find(|color| color.token == token)?;
            luminance(self.color(color, is_dark))
        };
        let contrast = |(text, ground, least)| {
            let (text_light, ground_light) = (color(text)?, color(ground)?);
            let ratio = (text_light.max(ground_light) + 0.05) / (text_light.min(ground_light) + 0.05);
            Some(Contrast { text, ground, ratio, least })
        };
        PAIRS.into_iter().filter_map(contrast).collect()
    }
}

fn put(own: &mut BTreeMap<String, String>, token: &str, value: &str, default: &str) {
    if value.is_empty() || value == default {
        own.remove(token);
    } else {
        own.insert(token.to_owned(), value.to_owned());
    }
}

/// Writes one declaration. Characters that would end the declaration are removed from the value.
fn declare(css: &mut String, token: &str, value: &str) {
    let value: String = value.chars().filter(|c| !matches!(c, ';' | '{' | '}' | '\n' | '<')).collect();
    let _ = writeln!(css, "  --review-card-{token}: {};", value.trim()); // Writing to a `String` does not fail.
}

/// Returns the relative luminance of `#rrggbb`, 0 to 1.
fn luminance(color: &str) -> Option<f64> {
    let digits = color.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = review_card::styles::TOKENS;

    #[test]
    fn the_tokens_and_their_defaults_are_those_of_the_sheet() {
        for color in COLORS {
            // The style sheet computes each colour from its two values, which are in the comment above it.
            let Color { token, light, dark } = color;
            let expected = format!("/* {light}, {dark} */\n  --_{token}: var(--review-card-{token}, ");
            assert!(SHEET.contains(&expected), "expected {expected} in tokens.css");
        }
        let tokens = SHEET.matches("var(--review-card-").count();
        assert_eq!(tokens, COLORS.len() + MEASURES.len(), "expected a field for each token of tokens.css");
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let mut theme = Theme::default();
        let [.., color, _, background, _, _] = COLORS;
        theme.set_color(color, false, "#777777");
        theme.set_color(background, false, "#ffffff");
        let contrasts = theme.contrasts(false);
        // The well-known near miss: a ratio of 4.48.
        assert_eq!(format!("{:.2}", contrasts[0].ratio), "4.48");
        assert!(!contrasts[0].is_enough());
    }

    #[test]
    fn the_defaults_can_be_read() {
        for is_dark in [false, true] {
            for contrast in Theme::default().contrasts(is_dark) {
                assert!(contrast.is_enough(), "{contrast:?}");
            }
        }
    }

    #[test]
    fn the_css_has_what_was_set_and_nothing_else() {
        let mut theme = Theme::default();
        assert_eq!(theme.css("review-card"), "");
        theme.set_color(COLORS[0], true, "#ffcc00");
        theme.set_measure("radius", "0; } body { color: red");
        assert_eq!(
            theme.css("review-card"),
            "review-card {\n  --review-card-accent: light-dark(#8a2c4b, #ffcc00);\n  --review-card-radius: 0  body  color: red;\n}\n"
        );
        theme.set_color(COLORS[0], true, COLORS[0].dark);
        theme.set_measure("radius", "");
        assert!(theme.is_default());
    }
}
