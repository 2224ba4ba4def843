use std::ops::Range;

use super::{MAX_HEIGHT, Piece, Window};

fn window(total: usize, columns: usize) -> Window {
    let mut window = Window::default();
    window.set_columns(columns);
    window.set_total(total);
    window
}

#[test]
fn what_is_near_stands_in_whole_rows() {
    let mut window = window(10, 3);
    for position in [0, 3, 6, 9] {
        window.measure(position, 100.0);
    }
    assert_eq!((window.columns(), window.height()), (3, 400.0));
    assert_eq!(window.between(0.0, 150.0), 0..6);
    assert_eq!(window.between(150.0, 250.0), 3..9);
    assert_eq!(window.between(100.0, 150.0), 3..6);
    assert_eq!(window.between(350.0, 9999.0), 9..10);
    assert_eq!(window.between(-50.0, -10.0), 0..3);
    assert_eq!(window.offset_of(8), 200.0);
}

#[test]
fn known_heights_outlive_changes_further_down() {
    let mut window = window(10, 3);
    for position in [0, 3, 6, 9] {
        window.measure(position, 100.0);
    }
    window.measure(3, 50.0);
    window.set_total(9);
    assert_eq!(window.height(), 250.0);
    window.set_open(vec![6]);
    window.measure(6, 400.0);
    window.set_open(vec![6, 8]);
    assert_eq!(window.offset_of(7), 550.0);
    window.set_total(10);
    assert_eq!(window.span(6), 1, "an open review stays open in a list that grows");
    window.set_total(6);
    assert_eq!(window.height(), 150.0);
    window.set_total(9);
    assert_eq!(window.span(6), 1, "none is open");
    assert_eq!(window.between(160.0, 160.0), 6..9);
}

#[test]
fn a_height_may_be_measured_again() {
    let mut window = window(1000, 1);
    window.measure(0, 300.0);
    window.measure(0, 100.0);
    assert_eq!(window.height(), 100.0 + 999.0 * 300.0);
    window.set_total(1001);
    assert_eq!(window.height(), 100.0 + 1000.0 * 300.0);
}

#[test]
fn a_portion_is_what_is_seen_and_then_what_is_around_it() {
    let window = window(30, 3);
    let portion =
        |range, seen, drawn: Range<usize>| window.portion(&range, &seen, false, |at| !drawn.contains(&at));
    assert_eq!(portion(0..30, 9..18, 0..0), 9..12, "one of the rows that are seen");
    assert_eq!(portion(0..30, 9..18, 9..12), 9..15, "and the next");
    assert_eq!(portion(0..30, 9..18, 9..14), 9..15, "a row that is there in part");
    assert_eq!(portion(0..30, 9..18, 9..18), 9..21, "the one below them");
    assert_eq!(portion(0..30, 9..18, 9..21), 6..21, "the one above");
    assert_eq!(portion(6..24, 9..18, 0..30), 6..24, "what is there costs nothing");
    assert_eq!(portion(6..12, 15..18, 0..0), 9..12, "what is nearest to what is seen");
    assert_eq!(portion(3..3, 15..18, 0..0), 3..3);
    assert_eq!(portion(0..30, 9..9, 9..12), 9..15, "where nothing is seen, the row there and those below it");
    let at_once = |drawn: Range<usize>| window.portion(&(0..30), &(9..18), true, |at| !drawn.contains(&at));
    assert_eq!(at_once(0..0), 9..18, "all that is seen, and nothing around it");
    assert_eq!(at_once(9..18), 9..21, "a row of that with the next drawing");
    assert_eq!(window.portion(&(0..9), &(0..18), true, |_| true), 0..9, "no more than the range");
}

#[test]
fn the_unseen_are_as_high_as_the_first_seen_on_average() {
    let mut window = window(100, 1);
    window.measure(0, 100.0);
    window.measure(1, 300.0);
    assert_eq!(window.height(), 100.0 * 200.0);
    window.measure(1, 100.0);
    assert_eq!(window.height(), 200.0 + 98.0 * 200.0);
    (2..16).for_each(|position| window.measure(position, 200.0));
    window.measure(16, 1000.0);
    assert_eq!(window.height(), 100.0 + 100.0 + 14.0 * 200.0 + 1000.0 + 83.0 * 200.0);
    window.set_columns(2);
    assert_eq!(window.height(), 50.0 * 200.0);
    window.measure(0, 50.0);
    assert_eq!(window.height(), 50.0 * 50.0);
}

#[test]
fn space_stands_for_what_is_not_there() {
    let mut window = window(30, 2);
    window.measure(0, 10.0);
    assert_eq!(
        window.pieces(10..14, &[3, 12, 29, 99]),
        [
            Piece::Space(10.0),
            Piece::Reviews(2..4),
            Piece::Space(30.0),
            Piece::Reviews(10..14),
            Piece::Space(70.0),
            Piece::Reviews(28..30),
        ]
    );
    assert_eq!(window.pieces(0..30, &[]), [Piece::Reviews(0..30)]);
    assert_eq!(window.pieces(0..30, &[30]), [Piece::Reviews(0..30)]);
    assert_eq!(window.pieces(0..0, &[30]), [Piece::Space(150.0)], "beyond the end");
    assert_eq!(window.pieces(0..0, &[]), [Piece::Space(150.0)]);
}

#[test]
fn an_open_review_has_a_row_of_its_own() {
    let mut window = window(9, 3);
    (0..9).step_by(3).for_each(|first| window.measure(first, 100.0));
    window.set_open(vec![4]);
    // 0 1 2 | 3 | 4 | 5 6 7 | 8: the first row has not changed.
    assert_eq!([2, 3, 4, 5, 7, 8].map(|at| window.offset_of(at)), [0.0, 100.0, 200.0, 300.0, 300.0, 400.0]);
    assert_eq!([0, 1, 2, 3, 4, 5, 7, 8].map(|at| window.span(at)), [1, 1, 1, 3, 1, 1, 1, 1]);
    window.measure(4, 1000.0);
    assert_eq!(window.offset_of(5), 1200.0, "what is open says nothing of what is not");
    assert_eq!(window.between(1250.0, 1250.0), 5..8);
    window.set_open(vec![]);
    assert_eq!(window.height(), 300.0);
}

#[test]
fn a_list_grows_where_it_ends() {
    let mut window = window(4, 3);
    window.measure(0, 100.0);
    window.measure(3, 50.0);
    window.set_total(7);
    assert_eq!(window.offset_of(3), 100.0);
    assert_eq!(window.between(0.0, 9999.0), 0..7);
    window.set_total(2);
    assert_eq!(window.pieces(0..2, &[]), [Piece::Reviews(0..2)]);
    window.set_total(0);
    assert_eq!(window.between(0.0, 100.0), 0..0);
    assert_eq!(window.height(), 0.0);
    assert_eq!(window.pieces(0..0, &[3]), []);
}

#[test]
fn where_nothing_has_grown_nothing_is_forgotten() {
    let mut window = window(20, 1);
    (0..10).for_each(|position| window.measure(position, 100.0));
    for _ in 0..20 {
        window.set_total(20);
        window.measure(19, 1000.0);
    }
    let estimate = (10.0 * 100.0 + 1000.0) / 11.0;
    assert!((window.height() - (10.0 * 100.0 + 1000.0 + 9.0 * estimate)).abs() < 0.01, "{}", window.height());
    window.set_total(20);
    assert_eq!(window.height() - window.offset_of(19), 1000.0);
    window.set_total(21);
    assert_eq!(window.offset_of(20) - window.offset_of(19), 1000.0);
}

#[test]
fn of_another_width_no_height_is_known() {
    let mut window = window(100, 1);
    window.set_width(800.0);
    (0..50).for_each(|position| window.measure(position, 100.0));
    window.set_width(800.5);
    window.measure(1, 150.0);
    assert_eq!(window.height(), 10_050.0, "the same width, but for half a pixel");
    window.set_width(400.0);
    assert_eq!(window.height(), 100.0 * 100.0, "what was learnt is an estimate");
    (50..54).for_each(|position| window.measure(position, 200.0));
    assert_eq!(window.offset_of(50), 50.0 * 200.0, "and is replaced");
}

#[test]
fn a_long_list_is_no_higher_than_browsers_allow() {
    let mut window = window(1_000_000, 1);
    (0..100).for_each(|position| window.measure(position, 500.0));
    assert!((window.height() - MAX_HEIGHT).abs() < 1.0);
    let range = window.between(MAX_HEIGHT / 2.0, MAX_HEIGHT / 2.0);
    assert!(range.start > 490_000 && range.end < 510_000, "{range:?}");
    assert!((window.offset_of(range.start) - MAX_HEIGHT / 2.0).abs() < 500.0);
}
