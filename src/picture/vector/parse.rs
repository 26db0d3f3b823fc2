//! From the text of a drawing to resvg's tree, once the text is found harmless.

use resvg::usvg::roxmltree::{Document, ParsingOptions};
use resvg::usvg::{Error, ImageHrefResolver, Options, Tree};

use super::super::limits;
use super::{expansion, fonts, markup, root};

/// Returns the options under which every drawing is parsed; pictures in it are not looked for.
#[expect(clippy::cast_possible_truncation, reason = "the numbers are small and whole")]
pub(super) fn options() -> Options<'static> {
    let default_size = resvg::usvg::Size::from_wh(root::DEFAULT.0 as f32, root::DEFAULT.1 as f32)
        .expect("the default has a size");
    Options {
        default_size,
        font_size: root::FONT_SIZE as f32,
        font_family: fonts::FAMILY.to_owned(),
        fontdb: fonts::database(),
        image_href_resolver: no_pictures(),
        ..Options::default()
    }
}

/// Parses a drawing that is found harmless, and returns it with the number of its nodes.
pub(super) fn tree(bytes: &[u8], options: &Options) -> Result<(Tree, usize), String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "the drawing is not written in UTF-8".to_owned())?;
    let text = text.trim_start_matches('\u{feff}');
    markup::check(text)?;
    let parsing = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(text, parsing).map_err(|error| reason(&Error::ParsingFailed(error)))?;
    let nodes = expansion::count(&document)?;
    let tree = Tree::from_xmltree(&document, options).map_err(|error| reason(&error))?;
    Ok((tree, nodes))
}

/// Returns an error of the library in words for a speaker.
fn reason(error: &Error) -> String {
    match error {
        Error::InvalidSize => root::NO_SIZE.to_owned(),
        Error::ElementsLimitReached => limits::TOO_COMPLICATED.to_owned(),
        Error::ParsingFailed(error) => match limits::plain(&error.to_string()) {
            details if details.len() < 200 => format!("the drawing is damaged: {details}"),
            _ => "the drawing is damaged".to_owned(),
        },
        _ => "the drawing is damaged".to_owned(),
    }
}

/// Resolves no picture.
fn no_pictures() -> ImageHrefResolver<'static> {
    ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) }
}
