//! Search, order and filters, as real form controls that are usable without our script.
//!
//! The form contains the choices. The script sets and reads the chosen values.

use yew::prelude::*;

use super::super::tag::{Attribute, Tag, bare};
use super::{ListContext, part, tag};
use crate::collection::{Compare, Facet, Facets, Filter, Term, fold};
use crate::model::Decimal;

/// The maximum number of values in one filter: the most common ones are kept.
const MOST_VALUES: usize = 100;
/// The values of the attribute `sort`, in the order of their labels.
const SORTS: [&str; 7] = ["", "-date", "date", "-rating", "rating", "title", "-title"];
/// The names of the filter controls, in the order of their labels.
const KINDS: [&str; 4] = ["rating", "section", "tag", "author"];

/// The available choices, and the active filters.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Controls {
    /// The values of sections, tags and authors, with the number of reviews that have each.
    values: [Vec<Facet>; 3],
    /// Whether any review has a rating to filter by.
    ratings: bool,
    filter: Filter,
}

impl Controls {
    /// Creates controls for reviews with these values, of which `rated` have a rating.
    pub fn new(facets: &Facets, rated: u32, filter: Filter) -> Self {
        let values = [facets.sections(), facets.tags(), facets.authors()].map(|facets| {
            let mut values: Vec<Facet> = facets.into_iter().take(MOST_VALUES).cloned().collect();
            values.sort_by_cached_key(|facet| fold(&facet.value));
            values
        });
        Self { values, ratings: rated > 0, filter }
    }

    /// Returns the terms that no control can show: all but the first of each kind, and ratings with other comparisons.
    fn others(&self) -> impl Iterator<Item = (usize, &Term)> {
        let mut seen = [false; KINDS.len()];
        self.filter.terms().enumerate().filter(move |(_, term)| {
            kind(term).and_then(|kind| seen.get_mut(kind)).is_none_or(|seen| std::mem::replace(seen, true))
        })
    }

    /// Returns the first term of a kind, as the value of its control.
    fn chosen(&self, of: usize) -> Option<String> {
        self.filter.terms().find(|term| kind(term) == Some(of)).map(ToString::to_string)
    }
}

/// Returns the index in [`KINDS`] of the control that shows a term, or `None` if no control does.
fn kind(term: &Term) -> Option<usize> {
    match term {
        Term::Rating(Compare::AtLeast, number) if number.thousandths() % 1000 == 0 => Some(0),
        Term::Rating(..) => None,
        Term::Section(_) => Some(1),
        Term::Tag(_) => Some(2),
        Term::Author(_) => Some(3),
    }
}

/// Returns the filter with another choice for a control: the text of a term, or "" for none.
#[doc(hidden)]
pub fn choose(filter: &Filter, of: &str, term: &str) -> Filter {
    let Some(of) = KINDS.iter().position(|kind| *kind == of) else { return filter.clone() };
    let mut chosen = Filter::parse(term).0.terms().cloned().collect::<Vec<_>>().into_iter();
    let mut terms = Vec::new();
    let mut is_found = false;
    for each in filter.terms() {
        if !is_found && kind(each) == Some(of) {
            is_found = true;
            terms.extend(chosen.next());
        } else {
            terms.push(each.clone());
        }
    }
    terms.extend(chosen);
    Filter::from(terms)
}

/// Returns the filter without the term at an index.
#[doc(hidden)]
pub fn without(filter: &Filter, term: usize) -> Filter {
    let others = filter.terms().enumerate().filter(|(at, _)| *at != term);
    Filter::from(others.map(|(_, term)| term.clone()).collect::<Vec<_>>())
}

/// Returns the chosen term of a control, in the form that [`choose`] takes.
#[doc(hidden)]
pub fn chosen(filter: &Filter, of: &str) -> String {
    let of = KINDS.iter().position(|kind| *kind == of);
    filter.terms().find(|term| of.is_some() && kind(term) == of).map(ToString::to_string).unwrap_or_default()
}

pub(super) fn controls(controls: &Controls, context: &ListContext) -> Tag {
    let list = context.list;
    let form = part("form", "controls", context)
        .attr(Attribute::Role, "search")
        .attr(Attribute::AriaLabel, list.controls)
        .lang(context.strings_lang);
    let search = bare("input")
        .attr(Attribute::Id, "search")
        .attr(Attribute::Name, "search")
        .attr(Attribute::Type, "search")
        .attr(Attribute::Autocomplete, "off")
        .attr(Attribute::Enterkeyhint, "search");
    let sorts =
        SORTS.iter().zip(list.sorts).map(|(value, label)| option((*value).to_owned(), label.to_owned()));
    let filters = KINDS.iter().enumerate().filter_map(|(kind, name)| {
        let options = options(controls, kind, context);
        // A single value is no choice.
        (options.len() > 1 || controls.chosen(kind).is_some()).then(|| {
            let any = option(String::new(), list.any.get(kind).copied().unwrap_or_default().to_owned());
            let select = select(name).child(any).children(options);
            field(name, list.filters.get(kind).copied().unwrap_or_default(), select).key(*name)
        })
    });
    form.keyed()
        .child(field("search", list.search, search).also("review-list__field--search").key("search"))
        .child(field("sort", list.sort, select("sort").children(sorts)).key("sort"))
        .children(filters)
        .maybe(chips(controls, context))
}

fn select(name: &'static str) -> Tag {
    bare("select").attr(Attribute::Id, name).attr(Attribute::Name, name)
}

fn field(id: &'static str, label: &'static str, control: Tag) -> Tag {
    tag("p", "field").child(bare("label").attr(Attribute::For, id).text(label)).child(control)
}

fn option(value: String, label: String) -> Html {
    bare("option").attr(Attribute::Value, value).text(label).into()
}

/// Returns the options of a filter. A chosen value is among them even if no review has it.
fn options(controls: &Controls, kind: usize, context: &ListContext) -> Vec<Html> {
    let chosen = controls.chosen(kind);
    let mut options: Vec<(String, String)> = match kind {
        0 if controls.ratings => {
            (1..=4).rev().map(|stars| at_least(Decimal::whole(stars), context)).collect()
        }
        0 => Vec::new(),
        _ => {
            let term = match kind {
                1 => Term::Section,
                2 => Term::Tag,
                _ => Term::Author,
            };
            let values = controls.values.get(kind - 1).into_iter().flatten();
            values
                .map(|Facet { value, count }| {
                    let count = context.list.integer(*count, context.strings);
                    (term(value.clone()).to_string(), [value, " (", &count, ")"].concat())
                })
                .collect()
        }
    };
    if let Some(chosen) = chosen
        && options.iter().all(|(value, _)| *value != chosen)
    {
        let label =
            chosen.split_once([':', '=']).map_or(&*chosen, |(_, value)| value).trim_matches('"').to_owned();
        options.push((chosen, label));
    }
    options.into_iter().map(|(value, label)| option(value, label)).collect()
}

fn at_least(number: Decimal, context: &ListContext) -> (String, String) {
    let label = crate::text::fill(context.list.and_up, &[&context.strings.number(number)]);
    (Term::Rating(Compare::AtLeast, number).to_string(), label)
}

/// Returns a button to remove each filter that no control shows.
fn chips(controls: &Controls, context: &ListContext) -> Option<Html> {
    let chips: Vec<Html> = controls
        .others()
        .map(|(at, term)| {
            let label = crate::text::fill(context.list.remove, &[&term.to_string()]);
            let name = tag("span", "term").author_text(&term.to_string());
            bare("button")
                .attr(Attribute::Type, "button")
                .attr(Attribute::Name, "remove")
                .attr(Attribute::Value, at.to_string())
                .attr(Attribute::AriaLabel, label)
                .child(name)
                .into()
        })
        .collect();
    (!chips.is_empty()).then(|| tag("p", "chips").children(chips).key("chips"))
}

#[cfg(test)]
mod tests {
    use super::{choose, chosen, without};
    use crate::collection::Filter;

    #[test]
    fn a_choice_replaces_the_first_term_of_its_control() {
        for (filter, control, term, expected) in [
            ("", "tag", "tag:noir", "tag:noir"),
            ("tag:noir section:Film", "tag", "tag:heist", "tag:heist section:Film"),
            ("tag:noir tag:heist", "tag", "", "tag:heist"),
            ("rating>=4 rating<5", "rating", "rating>=3", "rating>=3 rating<5"),
            ("section:Film", "section", "", ""),
        ] {
            let filter = Filter::parse(filter).0;
            let found = choose(&filter, control, term);
            assert_eq!(found.to_string(), expected, "{filter}: {control} {term}");
            assert_eq!(chosen(&choose(&filter, control, ""), "date"), "", "there is no such control");
        }
        assert_eq!(chosen(&Filter::parse("rating<5 tag:noir tag:heist").0, "tag"), "tag:noir");
        assert_eq!(chosen(&Filter::parse("rating<5").0, "rating"), "");
    }

    #[test]
    fn a_term_is_removed_by_its_index() {
        let filter = Filter::parse("tag:noir rating<5 tag:heist").0;
        assert_eq!(without(&filter, 1).to_string(), "tag:noir tag:heist");
        assert_eq!(without(&filter, 3), filter);
    }
}
