//! Starts the studio on its page.

#[cfg(target_arch = "wasm32")]
fn main() {
    yew::Renderer::<review_card_studio::Studio>::new().render();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The studio is a page: `cargo xtask serve` shows it.");
}
