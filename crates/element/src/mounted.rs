//! One card in one root.

use web_sys::Element;
use yew::{AppHandle, Renderer};

use review_card::view::{Card, CardElement, ReviewCardProps};

/// A running card. Each root is mounted only once, because a second mount would leak the listeners of the first.
pub(super) struct Mounted(AppHandle<Card<CardElement>>);

impl Mounted {
    pub(super) fn new(root: Element, props: ReviewCardProps) -> Self {
        Self(Renderer::with_root_and_props(root, props).render())
    }

    pub(super) fn update(&mut self, props: ReviewCardProps) {
        self.0.update(props);
    }

    pub(super) fn destroy(self) {
        self.0.destroy();
    }
}
