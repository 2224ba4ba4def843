//! Reads a page of the documentation: its tables, snippets and links.

use super::*;

/// A Markdown page, taken apart.
#[derive(Default)]
pub(crate) struct Page {
    /// The headings as addresses: `in-a-yew-app`.
    pub(crate) anchors: BTreeSet<String>,
    /// Tables, each under its heading.
    pub(crate) tables: Vec<(String, Vec<Row>)>,
    /// Code blocks: language and text.
    pub(crate) blocks: Vec<(String, String)>,
    /// `code` in the text.
    pub(crate) codes: Vec<String>,
    /// Where links and pictures lead.
    pub(crate) links: Vec<String>,
}

/// The cells of a table's row.
pub(crate) type Row = Vec<Cell>;

/// A cell: its text, and the `code` in it.
#[derive(Clone, Default)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) codes: Vec<String>,
}

impl Page {
    pub(crate) fn load(name: &str) -> Self {
        let markdown = fs::read_to_string(root(name)).unwrap();
        let mut page = Self::default();
        let (mut heading, mut in_heading, mut html) = (String::new(), false, String::new());
        let (mut block, mut cell): (Option<(String, String)>, Option<Cell>) = (None, None);
        for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Start::Heading { .. }) => (heading, in_heading) = (String::new(), true),
                Event::End(TagEnd::Heading(_)) => {
                    page.anchors.insert(anchor(&heading));
                    in_heading = false;
                }
                Event::Start(Start::Table(_)) => page.tables.push((heading.clone(), Vec::new())),
                Event::Start(Start::TableRow) => page.rows().push(Row::new()),
                Event::Start(Start::TableCell) => cell = Some(Cell::default()),
                // The header's cells come before any row, and belong to none.
                Event::End(TagEnd::TableCell) => {
                    if let (Some(row), Some(cell)) = (page.rows().last_mut(), cell.take()) {
                        row.push(cell);
                    }
                }
                Event::Start(Start::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    block = Some((language.to_string(), String::new()));
                }
                Event::End(TagEnd::CodeBlock) => page.blocks.extend(block.take()),
                Event::Start(Start::Link { dest_url, .. } | Start::Image { dest_url, .. }) => {
                    page.links.push(dest_url.to_string());
                }
                Event::Html(text) | Event::InlineHtml(text) => html.push_str(&text),
                Event::Text(text) if in_heading => heading.push_str(&text),
                Event::Text(text) => {
                    if let Some(text_of) =
                        block.as_mut().map(|(_, text)| text).or(cell.as_mut().map(|cell| &mut cell.text))
                    {
                        text_of.push_str(&text);
                    }
                }
                Event::Code(code) => {
                    page.codes.push(code.to_string());
                    if let Some(cell) = &mut cell {
                        cell.text.push_str(&code);
                        cell.codes.push(code.to_string());
                    }
                }
                _ => {}
            }
        }
        for tag in tags(&html) {
            page.links.extend(attributes(&tag).into_iter().filter_map(|(name, value)| {
                matches!(name.as_str(), "src" | "srcset" | "href").then_some(value)
            }));
        }
        page
    }

    pub(crate) fn rows(&mut self) -> &mut Vec<Row> {
        &mut self.tables.last_mut().unwrap().1
    }

    /// The first table under a heading.
    #[track_caller]
    pub(crate) fn table(&self, heading: &str) -> &[Row] {
        let found = self.tables.iter().find(|(under, _)| under == heading);
        &found.unwrap_or_else(|| panic!("expected a table under {heading:?}, found none")).1
    }

    /// The `code` in the first column of a table.
    #[track_caller]
    pub(crate) fn names(&self, heading: &str) -> BTreeSet<String> {
        self.table(heading).iter().flat_map(|row| row[0].codes.clone()).collect()
    }
}

/// The address that code hosts give a heading.
pub(crate) fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

pub(crate) fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The pages for people who use the product: README and the chapters, as paths from the root.
pub(crate) fn guides() -> Vec<String> {
    pub(crate) fn collect(folder: &str, pages: &mut Vec<String>) {
        for entry in fs::read_dir(root(folder)).unwrap().map(Result::unwrap) {
            let path = format!("{folder}/{}", entry.file_name().into_string().unwrap());
            match entry.file_type().unwrap().is_dir() {
                true => collect(&path, pages),
                false if path.ends_with(".md") => pages.push(path),
                false => {}
            }
        }
    }
    let mut pages = vec!["README.md".to_owned()];
    collect(CHAPTERS, &mut pages);
    pages.sort();
    assert!(pages.len() > 20, "expected the chapters, found {pages:?}");
    pages
}

/// All pages.
pub(crate) fn pages() -> Vec<(String, Page)> {
    let names = PAGES.iter().map(|name| (*name).to_owned()).chain(guides());
    names.map(|name| (name.clone(), Page::load(&name))).collect()
}

/// The code blocks of a language in the guides, each with the page that it is on.
pub(crate) fn blocks(language: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for name in guides() {
        let page = Page::load(&name);
        let blocks = page.blocks.into_iter().filter(|(of, _)| of == language);
        found.extend(blocks.map(|(_, text)| (name.clone(), text)));
    }
    found
}

pub(crate) fn source(name: &str) -> String {
    fs::read_to_string(root(name)).unwrap()
}

/// The start tags of some HTML, by a real tokenizer.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    struct Sink(RefCell<Vec<Tag>>);
    impl TokenSink for Sink {
        type Handle = ();

        fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
            if let Token::TagToken(tag) = token
                && tag.kind == TagKind::StartTag
            {
                self.0.borrow_mut().push(tag);
            }
            TokenSinkResult::Continue
        }
    }
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.take()
}

pub(crate) fn attributes(tag: &Tag) -> Vec<(String, String)> {
    tag.attrs
        .iter()
        .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
        .collect()
}
