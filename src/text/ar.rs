//! Arabic, with the Arabic-Indic digits that CLDR gives for Egypt and for Arabic without a region.

use super::{Plural, Strings};

pub(super) static STRINGS: Strings = Strings {
    tag: "ar",
    rated_out_of: "التقييم # من #",
    rated: "التقييم #",
    measure: "أعلى من # من أصل # من المراجعات",
    read_more: "اقرأ المراجعة",
    show_less: "عرض أقل",
    minutes: ["# دقيقة", "دقيقة واحدة", "دقيقتان", "# دقائق", "# دقيقة", "# دقيقة"],
    pros: "المزايا",
    cons: "العيوب",
    aspects: "تفاصيل التقييم",
    author: "عن الكاتب",
    history: "التقييمات عبر الزمن",
    links: "أين تجده",
    sponsored: "إعلان",
    disclosure: "إفصاح:",
    disclosures: ["نسخة مجانية", "شراكة مدفوعة", "روابط تابعة", "مصلحة شخصية", "بمساعدة الذكاء الاصطناعي"],
    season: "م#",
    episode: "ح#",
    related: "مراجعات ذات صلة",
    opinions: "آراء أخرى",
    more: "مراجعات أخرى",
    previous: "السابق",
    next: "التالي",
    updated: "حُدّث في #",
    spoiler: "حرق للأحداث",
    failed: "تعذّر تحميل هذه المراجعة.",
    months: [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    date: "d M y",
    decimal: "٫",
    zero: '٠',
    percent: "٪\u{61c}",
    plural,
};

fn plural(n: u32) -> Plural {
    match (n, n % 100) {
        (0, _) => Plural::Zero,
        (1, _) => Plural::One,
        (2, _) => Plural::Two,
        (_, 3..=10) => Plural::Few,
        (_, 11..=99) => Plural::Many,
        _ => Plural::Other,
    }
}
