//! Folding, held against Unicode's own decompositions.

use std::ops::RangeInclusive;

use review_card::collection::fold;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The blocks of the scripts whose accents are left out.
const BLOCKS: [RangeInclusive<char>; 10] = [
    'À'..='\u{24F}',         // Latin
    '\u{1E00}'..='\u{1EFF}', // Latin Extended Additional
    '\u{370}'..='\u{3FF}',   // Greek
    '\u{1F00}'..='\u{1FFF}', // Greek Extended
    '\u{400}'..='\u{52F}',   // Cyrillic
    '\u{591}'..='\u{5C7}',   // Hebrew points
    'א'..='ת',               // Hebrew
    '\u{600}'..='\u{6FF}',   // Arabic
    '\u{300}'..='\u{36F}',   // Accents
    '\u{1DC0}'..='\u{1DFF}', // More accents
];

/// Letters that are other letters beyond Unicode's decompositions.
const BEYOND: &str = "\
    æ ae ð d ø o þ th ß ss đ d ħ h ı i ĳ ij ł l ŀ l ŉ n ŋ n œ oe ŧ t ſ s ƀ b ƈ c ƌ d ƒ f ƙ k ƚ l ƞ n ƥ p ƫ t ƭ t ƴ y ƶ z ǆ dz ǉ lj \
    ǌ nj ǥ g ȡ d ȥ z ȴ l ȵ n ȶ t ȷ j ȼ c ȿ s ɀ z ɇ e ɉ j ɍ r ɏ y ǳ dz ẚ a \
    ς σ ٱ ا ى ي ی ي ة ه ک ك \
    ٠ 0 ١ 1 ٢ 2 ٣ 3 ٤ 4 ٥ 5 ٦ 6 ٧ 7 ٨ 8 ٩ 9 ۰ 0 ۱ 1 ۲ 2 ۳ 3 ۴ 4 ۵ 5 ۶ 6 ۷ 7 ۸ 8 ۹ 9";

fn letters() -> impl Iterator<Item = char> {
    BLOCKS.into_iter().flatten().filter(|c| c.is_alphanumeric() || is_combining_mark(*c))
}

/// In lower case, decomposed, without marks; nor tatweel, which only makes a word longer.
fn stripped(c: char) -> String {
    let without =
        |text: &str| -> String { text.nfd().filter(|c| !is_combining_mark(*c) && *c != '\u{640}').collect() };
    without(&without(&c.to_string()).to_lowercase())
}

#[test]
fn every_letter_is_its_base_letter_in_lower_case() {
    let mut beyond = BEYOND.split_whitespace();
    let pairs: Vec<(&str, &str)> = std::iter::from_fn(|| Some((beyond.next()?, beyond.next()?))).collect();
    let mut seen = Vec::new();
    for c in letters() {
        let base = stripped(c);
        let expected: String = base
            .chars()
            .map(|c| c.to_string())
            .map(|c| match pairs.iter().find(|(letter, _)| *letter == c) {
                Some((letter, to)) => {
                    seen.push(*letter);
                    (*to).to_owned()
                }
                None => c,
            })
            .collect();
        assert_eq!(fold(&c.to_string()), expected, "U+{:04X} {c}", u32::from(c));
    }
    let unseen: Vec<_> = pairs.iter().filter(|(letter, _)| !seen.contains(letter)).collect();
    assert!(unseen.is_empty(), "none of them is in the blocks: {unseen:?}");
}

#[test]
fn composed_and_decomposed_are_the_same() {
    for c in letters() {
        let decomposed: String = c.nfd().collect();
        assert_eq!(fold(&c.to_string()), fold(&decomposed), "U+{:04X}", u32::from(c));
    }
}

#[test]
fn folding_twice_changes_nothing() {
    for c in '\0'..='\u{2FFFF}' {
        let once = fold(&c.to_string());
        assert_eq!(fold(&once), once, "U+{:04X}", u32::from(c));
    }
}

#[test]
fn what_people_leave_out() {
    for (text, expected) in [
        ("  Crème\u{a0}\n brûlée ", "creme brulee"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Ærøskøbing", "aeroskobing"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("ᾠδή", "ωδη"),
        ("Ёлка", "елка"),
        ("ÎȚĂ", "ita"),
        ("Tiếng Việt", "tieng viet"),
        ("مُحَمَّد", "محمد"),
        ("إسـلام", "اسلام"),
        ("שָׁלוֹם", "שלום"),
        ("ﬁlm ＡＢＣ１２", "film abc12"),
        ("ﬀ ﬂ ﬃ ﬄ ﬅ ﬆ", "ff fl ffi ffl st st"),
        ("❤\u{fe0f}", "❤"),
        ("“Rock’n’roll” – yes", "\"rock'n'roll\" - yes"),
        ("C++", "c++"),
        ("千と千尋", "千と千尋"),
        ("हिन्दी", "हिन्दी"),
        ("\u{200b}\u{ad}", ""),
    ] {
        assert_eq!(fold(text), expected, "{text}");
    }
}
