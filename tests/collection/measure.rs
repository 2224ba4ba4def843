//! The critic's measure against a count by hand.

use proptest::collection::vec;
use proptest::prelude::proptest;
use proptest::test_runner::Config;
use review_card::Review;
use review_card::collection::{MIN_RATINGS, Ratings, out_of_five};
use review_card::model::{Decimal, Mark, Measure, Rating, Score};

fn rated(mark: Mark) -> Review {
    Review { rating: Some(Rating { mark, label: None }), ..Review::default() }
}

fn of_five(thousandths: i64) -> Review {
    let value = Decimal::from_thousandths(thousandths).unwrap();
    rated(Mark::Score(Score::new(value, Decimal::whole(5), Decimal::ZERO).unwrap()))
}

fn measure(one: &Review, reviews: &[Review]) -> Option<Measure> {
    let mut ratings = Ratings::default();
    reviews.iter().for_each(|review| ratings.add(review));
    ratings.measure(one)
}

/// Each compared with each.
fn by_hand(one: &Review, reviews: &[Review]) -> Option<(u32, u32)> {
    let value = |review: &Review| out_of_five(&review.rating.as_ref()?.mark);
    let all: Vec<_> = reviews.iter().filter_map(value).collect();
    let own = value(one)?;
    let halves: usize = all
        .iter()
        .map(|other| match other.cmp(&own) {
            std::cmp::Ordering::Less => 2,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 0,
        })
        .sum();
    let count = u32::try_from(all.len()).unwrap();
    (count >= MIN_RATINGS).then(|| (u32::try_from(halves * 50 / all.len()).unwrap(), count))
}

/// The percentage of each of `among`, `times` each, for a rating of `one`.
#[track_caller]
fn check(one: i64, among: &[i64], times: usize, expected: Option<u32>) {
    let reviews: Vec<_> = among.iter().flat_map(|value| vec![of_five(*value); times]).collect();
    assert_eq!(measure(&of_five(one), &reviews).map(|measure| measure.percent), expected, "{one} {among:?}");
}

#[test]
fn ratings_on_a_scale_are_counted() {
    let mut ratings = Ratings::default();
    for review in
        [of_five(4000), rated(Mark::Text("five".into())), of_five(4000), of_five(0), Review::default()]
    {
        ratings.add(&review);
    }
    assert_eq!(ratings.count(), 3);
}

#[test]
fn equals_are_half_below() {
    check(3000, &[1000, 2000, 3000, 4000, 5000], 10, Some(50));
    check(5000, &[1000, 2000, 3000, 4000, 5000], 10, Some(90));
    check(1000, &[1000, 2000, 3000, 4000, 5000], 10, Some(10));
    check(4000, &[4000], 30, Some(50));
    check(4500, &[4000], 30, Some(100));
    check(0, &[4000], 30, Some(0));
}

#[test]
fn thirty_ratings_are_needed() {
    check(4000, &[4000], 29, None);
    let mut reviews = vec![of_five(4000); 29];
    reviews.push(rated(Mark::Text("fine".into())));
    assert_eq!(measure(&of_five(4000), &reviews), None, "text is on no scale");
    reviews.push(rated(Mark::Letter("B+".into())));
    assert!(measure(&of_five(4000), &reviews).is_some());
    assert_eq!(measure(&rated(Mark::Text("fine".into())), &reviews), None);
    assert_eq!(measure(&Review::default(), &reviews), None);
}

#[test]
fn the_strip_has_all_ratings() {
    let values = [0, 249, 250, 1000, 4000, 4000, 4749, 4750, 5000, 5000];
    let reviews: Vec<_> = values.iter().flat_map(|value| vec![of_five(*value); 3]).collect();
    let measure = measure(&of_five(4749), &reviews).unwrap();
    assert_eq!((measure.bars, measure.own, measure.count), (vec![6, 3, 3, 0, 0, 0, 0, 0, 6, 3, 9], 9, 30));
}

/// A number as a review: of six in ten the rating is in halves, so that many are equal; some have none, or none on a scale.
fn of_number(number: u16) -> Review {
    let value = i32::from(number / 10);
    match number % 10 {
        0 => Review::default(),
        1 => rated(Mark::Text("fine".into())),
        2 => of_five(i64::from(value) * 5),
        3 => rated(Mark::Percent(Decimal::whole(value % 101))),
        _ => of_five(i64::from(value % 11) * 500),
    }
}

proptest! {
    #![proptest_config(Config { cases: 10_000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn it_is_what_a_count_by_hand_says(numbers in vec(0..10_000_u16, 1..90)) {
        let reviews: Vec<Review> = numbers.into_iter().map(of_number).collect();
        let one = reviews.first().unwrap();
        let found = measure(one, &reviews);
        assert_eq!(found.as_ref().map(|found| (found.percent, found.count)), by_hand(one, &reviews));
        if let Some(found) = found {
            assert!(found.percent < 100, "nothing is higher than itself");
            assert_eq!(found.bars.iter().sum::<u32>(), found.count);
        }
    }
}
