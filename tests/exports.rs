//! Decks as other documents, as the started program writes them.

mod exports {
    mod html;
    mod ours;
    mod pages;
    mod pdf;
    mod program;
    mod words;
}
