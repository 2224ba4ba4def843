//! The functions that the modules of a page do not need, although the linker keeps them. [`trim`](crate::trim) removes
//! them.

use crate::trim::Unused;

/// Code that the linker keeps, but that none of our modules uses: raw HTML, portals, suspense; and closures for methods
/// of JavaScript's own types, which js-sys adds.
pub(crate) const NEVER: Unused = Unused {
    never: &[
        "virtual_dom::vraw::VRaw as yew::dom_bundle::traits::Reconcilable",
        "virtual_dom::vportal::VPortal as yew::dom_bundle::traits::Reconcilable",
        "virtual_dom::vsuspense::VSuspense as yew::dom_bundle::traits::Reconcilable",
        "vportal::VPortal> as yew::utils::RcExt",
        "vsuspense::VSuspense> as yew::utils::RcExt",
        "yew::dom_bundle::braw::",
        "yew::dom_bundle::bsuspense::",
        "BaseSuspense>::resume",
        "Scope<yew::suspense::component::feat_csr_ssr::BaseSuspense>>::send_message",
        "AnyScope>::find_parent_scope::<yew::suspense::",
        "ComponentState>::suspend",
        "virtual_dom::Attributes>::apply_diff_as_maps",
        "closures::_::invoke::<js_sys::",
        "closures::_::invoke::<i8,",
        "closures::_::invoke::<i64,",
        "closures::_::invoke::<f32,",
        "closures::_::invoke::<f64,",
        "closures::_::invoke::<core::result::",
        "closures::_::invoke::<wasm_bindgen::JsValue, u32",
        "closures::_::invoke::<wasm_bindgen::JsValue, wasm_bindgen::JsValue",
    ],
    nothing: &[],
};

/// Yew's own event listeners, which neither cards nor lists have: their scripts and `crates/list/src/visitor.rs` listen
/// on the element around them. Attributes are never stored as maps, nor set as properties.
pub(crate) const NO_LISTENERS: Unused = Unused {
    never: &[
        "SubtreeData>::add_listener",
        "listeners::ListenerRegistration>::register",
        "listeners::Registry>::",
        "BSubtree>::ensure_handled",
        "subtree_root::EventDescriptor as core::clone::Clone",
        "hash_one::<&yew::dom_bundle::subtree_root::EventDescriptor>",
        "HashMap<yew::dom_bundle::subtree_root::EventDescriptor, alloc::vec::Vec",
        "hashbrown::map::make_hash::<u32",
        "gen_HtmlTextAreaElement::HtmlTextAreaElement>::",
        "indexmap::map::",
        "js_sys::Reflect::set",
    ],
    nothing: &[
        "RawIter<(yew::dom_bundle::subtree_root::EventDescriptor, ())> as core::iter::traits::iterator::Iterator>::next",
    ],
};

/// Code that a card does not use. `src/view/tag.rs` creates elements with one set of attributes, text, and lists
/// without keys, in one component without listeners; the script adds its own listeners and makes all calls.
pub(crate) const NOT_IN_A_CARD: Unused = Unused {
    never: &[
        // Nested components.
        "virtual_dom::vcomp::VComp as yew::dom_bundle::traits::Reconcilable",
        "vcomp::VComp> as yew::utils::RcExt",
        // Rust closures that JavaScript holds.
        "wasm_bindgen::convert::closures::_::",
        "wbg_cast::breaks_if_inlined::<wasm_bindgen::closure::",
        // Keys, and moving nodes by key.
        "yew::dom_bundle::blist::KeyedEntry",
        "bnode::BNode as yew::dom_bundle::traits::ReconcileTarget>::shift",
        "blist::NodeWriter>::shift",
        "vec::drain::Drain<yew::virtual_dom::vnode::VNode>",
        "vec::drain::Drain<yew::dom_bundle::bnode::BNode>>::fill",
        "vec::drain::Drain<yew::dom_bundle::bnode::BNode>>::move_tail",
        // Form fields.
        "gen_HtmlInputElement::HtmlInputElement>::",
        "wasm_bindgen::__wbindgen_jsval_eq",
        // Cloning a tree: a component gives its tree away.
        "virtual_dom::vnode::VNode as core::clone::Clone",
        // A queue with more than one entry: each card is rendered at once (Yew's feature `not_browser_env`).
        "collections::btree::node::BalancingContext<usize, yew::scheduler::QueueEntry>>::",
        "collections::btree::node::splitpoint",
        // Messages before a panic, since the trap is enough. A page without `self`.
        "alloc::string::String as core::fmt::Write>::write_fmt",
        "gloo_console::externs::error",
        "wasm_bindgen::throw_str",
        "js_sys::global::get_global_object::WINDOW",
        "js_sys::global::get_global_object::GLOBAL",
    ],
    nothing: &[
        "virtual_dom::vlist::VList>::fully_keyed",
        "virtual_dom::vnode::VNode>::key",
        "bnode::BNode>::key",
    ],
};
