//! A rating input: a scale, a number and a slider, which is drawn as stars on the star scale. It is the browser's own
//! slider, so it works as usual with mouse, touch, arrow keys and screen readers.

use review_card::text::fill;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::editor::{Action, Editor};
use super::field::{described_by, id_of, problem_line, typed};
use crate::rating::{GRADES, SCALES, Scale};

#[derive(PartialEq, Properties)]
pub(super) struct RatingProps {
    pub(super) editor: Editor,
    pub(super) path: AttrValue,
    pub(super) label: AttrValue,
    /// Whether this is the review's own rating: shown large, with the choice of scale always visible.
    #[prop_or_default]
    pub(super) main: bool,
}

/// Renders the rating at a path.
#[component]
pub(super) fn RatingInput(props: &RatingProps) -> Html {
    let RatingProps { editor, path, label, main } = props;
    let strings = editor.strings;
    let entry = editor.draft().entry();
    let chosen = use_state(|| None::<Scale>);
    // Aspects use the scale of the whole work until the author chooses another.
    let usual = Scale::of(&entry.review, "rating").unwrap_or_default();
    let scale = Scale::of(&entry.review, path).or(*chosen).unwrap_or(usual);
    let value = Scale::shown(&entry.review, path);
    let id = id_of(path);
    let problem = editor.problem(path).or_else(|| editor.problem(&format!("{path}.value")));
    let put = {
        let (editor, path) = (editor.clone(), path.clone());
        move |scale: Scale, value: &str| {
            let rating = scale.rating(&editor.draft().entry().review, &path, value);
            editor.set(&path, rating);
        }
    };
    let oninput = {
        let put = put.clone();
        Callback::from(move |event: InputEvent| put(scale, &typed(&event)))
    };
    let onchange = editor.on(|_: Event| Action::Pause);
    let best = scale.best(&entry.review, path);
    let given = value.replace(',', ".").parse::<f64>().unwrap_or(0.0).clamp(0.0, best);
    let choose = {
        let (put, chosen, entry) = (put.clone(), chosen.clone(), entry.clone());
        let share = (!value.is_empty() && scale != Scale::Grade).then_some(given / best);
        Callback::from(move |next: Scale| {
            chosen.set(Some(next));
            let value = share.filter(|_| next != Scale::Grade).map(|share| {
                let steps = share * next.best(&entry.review, "") / next.step();
                (steps.round() * next.step()).to_string()
            });
            put(next, &value.unwrap_or_default());
        })
    };
    let spoken = if value.is_empty() {
        strings.not_rated.to_owned()
    } else {
        fill(strings.out_of, &[&value, &best.to_string()])
    };
    let described = described_by(&id, false, problem.is_some());
    let input = if scale == Scale::Grade {
        let onchange = {
            let put = put.clone();
            Callback::from(move |event: Event| {
                let grade = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
                put(Scale::Grade, &grade.unwrap_or_default());
            })
        };
        let option = |grade: &'static str| html! { <option value={grade} selected={grade == value}>{ grade.replace('-', "−") }</option> };
        html! {
            <select id={id.clone()} {onchange} aria-describedby={described} class="grade">
                <option value="" selected={value.is_empty()}>{ strings.not_rated }</option>
                { for GRADES.into_iter().map(option) }
            </select>
        }
    } else {
        let stars = scale == Scale::Stars;
        html! {
            <div class={classes!("gauge", stars.then_some("stars"))}>
                if stars { { draw_stars(given) } }
                <input type="range" min="0" max={best.to_string()} step={scale.step().to_string()} value={given.to_string()}
                    oninput={oninput.clone()} onchange={onchange.clone()} aria-label={label} aria-valuetext={spoken} />
                <input id={id.clone()} class="value" type="text" inputmode="decimal" value={value.clone()} {oninput} {onchange}
                    autocomplete="off" aria-describedby={described} aria-invalid={problem.is_some().then_some("true")} />
                <span class="of">{ if scale == Scale::Percent { "%".to_owned() } else { format!("/ {best}") } }</span>
            </div>
        }
    };
    let clear = {
        let put = put.clone();
        Callback::from(move |_: MouseEvent| put(scale, ""))
    };
    html! {
        <div class={classes!("field", "rating", main.then_some("main"))}>
            <label for={id.clone()}>{ label }</label>
            <div class="measure">
                { input }
                if !value.is_empty() {
                    <button type="button" class="quiet" onclick={clear}>{ strings.clear }</button>
                }
            </div>
            if *main { { scales(editor, scale, &choose) } }
            { problem_line(&id, problem) }
        </div>
    }
}

/// Renders the choice of scale.
fn scales(editor: &Editor, scale: Scale, choose: &Callback<Scale>) -> Html {
    let strings = editor.strings;
    let option = |each: Scale| {
        let name = match each {
            Scale::Stars => strings.stars,
            Scale::Points => strings.points,
            Scale::Percent => strings.percent,
            Scale::Grade => strings.grade,
        };
        let onchange = choose.reform(move |_: Event| each);
        html! {
            <label><input type="radio" name="scale" checked={each == scale} {onchange} /><span>{ name }</span></label>
        }
    };
    html! {
        <div class="choice" role="radiogroup" aria-label={strings.scale}>{ for SCALES.into_iter().map(option) }</div>
    }
}

/// Renders five stars; the first `given` are filled.
fn draw_stars(given: f64) -> Html {
    const STAR: &str = "M12 2.6l2.9 6 6.6.9-4.8 4.6 1.2 6.5-5.9-3.1-5.9 3.1 1.2-6.5L2.5 9.5l6.6-.9z";
    let star = |index: u8| {
        let filled = (given - f64::from(index)).clamp(0.0, 1.0) * 24.0;
        html! {
            <svg viewBox="0 0 24 24" width="24" height="24">
                <path class="empty" d={STAR} />
                <svg width={filled.to_string()} height="24" viewBox={format!("0 0 {filled} 24")}><path class="full" d={STAR} /></svg>
            </svg>
        }
    };
    html! { <span class="drawn" aria-hidden="true">{ for (0..5).map(star) }</span> }
}
