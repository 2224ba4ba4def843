//! Finds the end of a JSON value without parsing it.

/// A comment, which [`decode`](super::super::document::decode) skips.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Comment {
    #[default]
    None,
    /// After the first slash.
    Slash,
    /// A comment up to the end of the line.
    Line,
    Block,
    /// In a block comment, after an asterisk.
    Star,
}

impl Comment {
    /// Returns the state after `byte`.
    fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Comment::None, b'/') => Comment::Slash,
            (Comment::Slash, b'/') => Comment::Line,
            (Comment::Slash, b'*') => Comment::Block,
            (Comment::Line, b'\n') => Comment::None,
            (Comment::Star, b'/') | (Comment::None | Comment::Slash, _) => Comment::None,
            (Comment::Block | Comment::Star, b'*') => Comment::Star,
            (Comment::Block | Comment::Star, _) => Comment::Block,
            (Comment::Line, _) => Comment::Line,
        }
    }
}

/// The state of the scan within a value.
#[derive(Default)]
pub(super) struct Value {
    depth: usize,
    quoted: bool,
    escaped: bool,
    /// Whether a byte of the value has been read.
    pub(super) begun: bool,
    comment: Comment,
    /// Whether a comment has been skipped.
    pub(super) commented: bool,
    /// Whether the last byte of the value has been read.
    pub(super) ended: bool,
}

impl Value {
    /// Returns how many of these bytes belong to the value: up to the end of a string or bracket, else up to the next
    /// comma or bracket.
    pub(super) fn take(&mut self, bytes: &[u8]) -> usize {
        let mut taken = 0;
        while let Some(rest) = bytes.get(taken..)
            && !rest.is_empty()
        {
            if self.quoted && !self.escaped {
                // Most of a document is text, so skip ahead to the next quote or backslash.
                let plain = rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\')).count();
                taken += plain;
                if plain == rest.len() {
                    break;
                }
            }
            let Some(byte) = bytes.get(taken) else { break };
            if !self.takes(*byte) {
                break;
            }
            taken += 1;
        }
        taken
    }

    /// Returns whether the byte belongs to a comment.
    fn passes(&mut self, byte: u8) -> bool {
        let before = self.comment;
        self.comment = before.after(byte);
        let is_comment = before != Comment::None || self.comment != Comment::None;
        self.commented |= is_comment;
        is_comment
    }

    /// Returns whether the byte belongs to the value.
    fn takes(&mut self, byte: u8) -> bool {
        if self.ended {
            return false;
        }
        match byte {
            _ if !self.quoted && self.passes(byte) => return true,
            _ if self.escaped => self.escaped = false,
            b'\\' if self.quoted => self.escaped = true,
            b'"' => {
                self.quoted = !self.quoted;
                self.ended = !self.quoted && self.depth == 0;
            }
            _ if self.quoted => {}
            b'[' | b'{' => self.depth += 1,
            b']' | b'}' if self.depth > 1 => self.depth -= 1,
            b']' | b'}' if self.depth == 1 => (self.depth, self.ended) = (0, true),
            b']' | b'}' | b',' | b':' if self.depth == 0 => {
                // Ends a bare word. As the first byte, it is itself a value in the wrong place.
                self.ended = true;
                return !self.begun && !self.commented;
            }
            b' ' | b'\t' | b'\n' | b'\r' if self.depth == 0 => {
                self.ended = self.begun;
                return !self.begun;
            }
            _ => {}
        }
        self.begun = true;
        true
    }
}
