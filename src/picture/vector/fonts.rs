//! The one font of all drawings: Open Sans, whatever family is named. The machine's fonts are not looked for.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};

/// The family of the embedded font.
pub(super) const FAMILY: &str = "Open Sans";

static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    let regular: &'static [u8] = include_bytes!("../../../static/fonts/OpenSans-Regular.ttf");
    let bold: &'static [u8] = include_bytes!("../../../static/fonts/OpenSans-Bold.ttf");
    for font in [regular, bold] {
        fonts.load_font_source(Source::Binary(Arc::new(font)));
    }
    // A family that is not there falls back on the one with serifs.
    fonts.set_serif_family(FAMILY);
    fonts.set_sans_serif_family(FAMILY);
    fonts.set_monospace_family(FAMILY);
    fonts.set_cursive_family(FAMILY);
    fonts.set_fantasy_family(FAMILY);
    Arc::new(fonts)
});

/// Returns the font, read once.
pub(super) fn database() -> Arc<Database> {
    Arc::clone(&DATABASE)
}
