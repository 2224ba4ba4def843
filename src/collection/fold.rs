//! Folds text for comparison: removes what people leave out when they type, such as case, accents, and the shape of
//! quotes and dashes.
//!
//! Folding works on one character at a time. So a search needs no second copy of a text, and the position of a hit is a
//! position in the text as shown. Each character becomes lower case and loses its diacritical marks, as in Unicode's
//! canonical decomposition (NFD), for Latin, Greek, Cyrillic, Arabic and Hebrew. A test compares the tables with the
//! crate `unicode-normalization`, whose own table for all scripts takes 100 KB. Folding goes beyond that decomposition
//! for letters with a stroke (`ø` becomes `o`), ligatures (`æ` becomes `ae`, `ß` becomes `ss`), final sigma, the forms
//! of alef, Persian kaf and yeh, Arabic digits, full-width ASCII, and typographic quotes and dashes.
//!
//! For other scripts only `char::to_lowercase` applies: their vowel signs are letters, not accents. Not supported:
//! decomposed text in those scripts (Korean in jamo, `が` as two characters), `ä` as `ae`, presentation forms.

/// The folded form of one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folded {
    /// Nothing: a combining mark or an invisible character.
    Nothing,
    /// One character, possibly the same.
    One(char),
    /// Two or three ASCII characters.
    More(&'static str),
}

impl Folded {
    /// Returns the folded characters.
    pub(super) fn chars(self) -> impl Iterator<Item = char> {
        let (one, more) = match self {
            Folded::Nothing => (None, ""),
            Folded::One(c) => (Some(c), ""),
            Folded::More(text) => (None, text),
        };
        one.into_iter().chain(more.chars())
    }
}

/// Returns the text without case and accents, with single spaces between words. Two texts with the same result count as
/// the same.
///
/// ```
/// use review_card::collection::fold;
/// assert_eq!(fold("  Amélie \t Straße"), "amelie strasse");
/// assert_eq!(fold("أُحِبُّ"), fold("احب"));
/// ```
///
/// ```
/// assert_eq!(review_card::collection::fold("  Amélie Poulain "), review_card::collection::fold("amelie poulain"));
/// ```
pub fn fold(text: &str) -> String {
    folded(text).collect()
}

/// Returns whether `text` folds to `other`.
pub(super) fn folds_to(text: &str, other: &str) -> bool {
    folded(text).eq(other.chars())
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    let (mut any, mut gap) = (false, false);
    text.chars().flat_map(move |c| {
        let folded = if c.is_whitespace() { Folded::Nothing } else { fold_char(c) };
        let space = any && gap && folded != Folded::Nothing;
        gap = (gap && folded == Folded::Nothing) || c.is_whitespace();
        any |= folded != Folded::Nothing;
        space.then_some(' ').into_iter().chain(folded.chars())
    })
}

/// Returns the folded letters and digits of a text, with one space between words. Titles and names then match even if
/// one author writes them with a dash and another with a colon. A text that consists of punctuation alone keeps it.
pub(super) fn fold_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if !is_word(c) {
            gap |= !is_ignored(c);
            continue;
        }
        if gap && !words.is_empty() {
            words.push(' ');
        }
        gap = false;
        words.extend(fold_char(c).chars());
    }
    if words.is_empty() { fold(text) } else { words }
}

/// Returns the folded form of one character.
pub(super) fn fold_char(c: char) -> Folded {
    match c {
        '\0'..='\x7f' => Folded::One(c.to_ascii_lowercase()),
        'Ǯ' | 'ǯ' => Folded::One('ʒ'),
        '\u{C0}'..='\u{24F}' => latin(LATIN, c, 0xC0),
        '\u{1E00}'..='\u{1EFF}' => latin(LATIN_ADDITIONAL, c, 0x1E00),
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' => Folded::One('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => Folded::One('"'),
        '‐'..='―' | '−' => Folded::One('-'),
        '\u{FF01}'..='\u{FF5E}' => fold_char(shifted(c, 0xFF01, '!')),
        'ﬀ' => Folded::More("ff"),
        'ﬁ' => Folded::More("fi"),
        'ﬂ' => Folded::More("fl"),
        'ﬃ' => Folded::More("ffi"),
        'ﬄ' => Folded::More("ffl"),
        'ﬅ' | 'ﬆ' => Folded::More("st"),
        _ if is_ignored(c) => Folded::Nothing,
        '\u{370}'..='\u{3FF}' => Folded::One(greek(lower(c))),
        '\u{1F00}'..='\u{1FFF}' => Folded::One(greek_extended(c)),
        '\u{400}'..='\u{52F}' => Folded::One(cyrillic(lower(c))),
        '\u{600}'..='\u{6FF}' => Folded::One(arabic(c)),
        _ => {
            let lower = lower(c);
            // The ångström sign (U+212B) has the letter `å` as its lower case, which must be folded again.
            if lower == c { Folded::One(c) } else { fold_char(lower) }
        }
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Moves a character by the distance between `from` and `to`.
fn shifted(c: char, from: u32, to: char) -> char {
    u32::from(c).checked_sub(from).and_then(|offset| char::from_u32(u32::from(to) + offset)).unwrap_or(c)
}

/// The lower-case base letters of a block, 32 characters a line. A capital stands for two letters, `_` for the letter's
/// own lower case.
const LATIN: &[u8] = b"\
    aaaaaaAceeeeiiiidnooooo_ouuuuyTS\
    aaaaaaAceeeeiiiidnooooo_ouuuuyTy\
    aaaaaaccccccccddddeeeeeeeeeegggg\
    gggghhhhiiiiiiiiiiJJjjkk_lllllll\
    lllnnnnnnnnnooooooOOrrrrrrssssss\
    ssttttttuuuuuuuuuuuuwwyyyzzzzzzs\
    b______cc__dd____ff_____kkl___n_\
    oo__pp_____ttt_uu__yyzz_________\
    ____DDDLLLNNNaaiioouuuuuuuuuu_aa\
    aaAAggggkkoooo__jDDDgg__nnaaAAoo\
    aaaaeeeeiiiioooorrrruuuusstt__hh\
    nd__zzaaeeooooooooyylntj___ccl_s\
    z__b__eejj__rryy\
    ";
const LATIN_ADDITIONAL: &[u8] = b"\
    aabbbbbbccddddddddddeeeeeeeeeeff\
    gghhhhhhhhhhiiiikkkkkkllllllllmm\
    mmmmnnnnnnnnoooooooopppprrrrrrrr\
    ssssssssssttttttttuuuuuuuuuuvvvv\
    wwwwwwwwwwxxxxyyzzzzzzhtwyas__S_\
    aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
    eeeeeeeeiiiioooooooooooooooooooo\
    oooouuuuuuuuuuuuuuyyyyyyyy______\
    ";

fn latin(table: &[u8], c: char, first: u32) -> Folded {
    let place = u32::from(c).checked_sub(first).and_then(|place| usize::try_from(place).ok());
    match place.and_then(|place| table.get(place)) {
        None | Some(b'_') => Folded::One(lower(c)),
        Some(b'A') => Folded::More("ae"),
        Some(b'D') => Folded::More("dz"),
        Some(b'J') => Folded::More("ij"),
        Some(b'L') => Folded::More("lj"),
        Some(b'N') => Folded::More("nj"),
        Some(b'O') => Folded::More("oe"),
        Some(b'S') => Folded::More("ss"),
        Some(b'T') => Folded::More("th"),
        Some(letter) => Folded::One(char::from(*letter)),
    }
}

fn greek(c: char) -> char {
    match c {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ϓ' | 'ϔ' => 'ϒ',
        '\u{374}' => '\u{2B9}', // The numeral sign.
        _ => c,
    }
}

/// [Greek Extended](https://www.unicode.org/charts/PDF/U1F00.pdf): each row is one letter with all its breathings and
/// accents.
fn greek_extended(c: char) -> char {
    match u32::from(c) {
        0x1F00..=0x1F0F | 0x1F70..=0x1F71 | 0x1F80..=0x1F8F | 0x1FB0..=0x1FBC => 'α',
        0x1F10..=0x1F1F | 0x1F72..=0x1F73 | 0x1FC8..=0x1FC9 => 'ε',
        0x1F20..=0x1F2F | 0x1F74..=0x1F75 | 0x1F90..=0x1F9F | 0x1FC2..=0x1FC7 | 0x1FCA..=0x1FCC => 'η',
        0x1F30..=0x1F3F | 0x1F76..=0x1F77 | 0x1FBE | 0x1FD0..=0x1FDB => 'ι',
        0x1F40..=0x1F4F | 0x1F78..=0x1F79 | 0x1FF8..=0x1FF9 => 'ο',
        0x1F50..=0x1F5F | 0x1F7A..=0x1F7B | 0x1FE0..=0x1FE3 | 0x1FE6..=0x1FEB => 'υ',
        0x1F60..=0x1F6F | 0x1F7C..=0x1F7D | 0x1FA0..=0x1FAF | 0x1FF2..=0x1FF7 | 0x1FFA..=0x1FFC => 'ω',
        0x1FE4..=0x1FE5 | 0x1FEC => 'ρ',
        _ => c,
    }
}

fn cyrillic(c: char) -> char {
    match c {
        'ӑ' | 'ӓ' => 'а',
        'ѓ' => 'г',
        'ѐ' | 'ё' | 'ӗ' => 'е',
        'ӂ' | 'ӝ' => 'ж',
        'ӟ' => 'з',
        'й' | 'ѝ' | 'ӣ' | 'ӥ' => 'и',
        'ї' => 'і',
        'ќ' => 'к',
        'ӧ' => 'о',
        'ӫ' => 'ө',
        'ў' | 'ӯ' | 'ӱ' | 'ӳ' => 'у',
        'ӵ' => 'ч',
        'ӹ' => 'ы',
        'ӭ' => 'э',
        'ӛ' => 'ә',
        'ѷ' => 'ѵ',
        _ => c,
    }
}

fn arabic(c: char) -> char {
    match c {
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ئ' | 'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        'ۀ' => 'ە',
        'ۂ' => 'ہ',
        'ۓ' => 'ے',
        '٠'..='٩' => shifted(c, 0x660, '0'),
        '۰'..='۹' => shifted(c, 0x6F0, '0'),
        _ => c,
    }
}

/// Returns whether folding drops the character: accents, vowel points, and characters that only control the layout.
pub(super) fn is_ignored(c: char) -> bool {
    match u32::from(c) {
        0..=0xAC => false,
        0xAD => true, // Soft hyphen.
        0xAE..=0x2FF => false,
        0x300..=0x36F | 0x483..=0x489 => true, // Accents.
        0x591..=0x5BD | 0x5BF | 0x5C1..=0x5C2 | 0x5C4..=0x5C5 | 0x5C7 => true, // Hebrew points.
        0x610..=0x61A | 0x61C | 0x640 | 0x64B..=0x65F | 0x670 => true, // Arabic marks, tatweel.
        0x6D6..=0x6DC | 0x6DF..=0x6E4 | 0x6E7..=0x6E8 | 0x6EA..=0x6ED => true,
        0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F => true, // Rarer accents.
        0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFEFF => true,          // Joiners, directions.
        0xFE00..=0xFE0F => true, // How the character before is drawn.
        _ => false,
    }
}

/// Returns whether the character is part of a word: letters, digits, and marks that must not split a word.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    match u32::from(c) {
        // The virama and the nukta have the same place in each block from Devanagari to Sinhala.
        code @ 0x900..=0xDFF if matches!(code & 0x7F, 0x3C | 0x4D) || code == 0xDCA => true,
        0xE47..=0xE4E | 0xEC8..=0xECE | 0x1037..=0x103A | 0x17C6..=0x17D3 => true,
        _ => c.is_alphanumeric() && !is_ignored(c),
    }
}

/// Returns whether the character belongs to a script without spaces between words. There, a word may begin at any
/// character.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0xE00..=0xEFF // Thai, Lao
        | 0x1000..=0x109F | 0x1780..=0x17FF // Burmese, Khmer
        | 0x3005..=0x3007 | 0x3040..=0x30FF | 0x31F0..=0x31FF // Kana
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF // Han
    )
}
