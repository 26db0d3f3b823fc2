//! Pictures within the page itself, in the room that their authors gave them.

#![expect(clippy::cast_precision_loss, reason = "lengths on a page are small, and rounded on purpose")]

use std::fmt::Write;

use super::HtmlPage;
use super::blocks::{length, sides};
use super::colors;
use super::escaped;
use crate::deck::{Backdrop, Length, Picture};
use crate::export::data;
use crate::layout::not_shown;
use crate::picture::Size;

impl HtmlPage<'_> {
    /// Writes pictures that stand on one line.
    pub(super) fn pictures(&mut self, pictures: &[Picture], class: &str) {
        let _ = write!(self.out, "<div class=\"pictures{class}\">");
        for picture in pictures {
            let opening = picture.link.as_ref().and_then(|url| {
                let link = self.link(url)?;
                let is_named = !picture.alt.trim().is_empty();
                // A link needs a name, and a picture without words gives it none.
                let named = format!(" aria-label=\"{}\">", escaped(url));
                Some(if is_named { link } else { link.trim_end_matches('>').to_owned() + &named })
            });
            self.out.push_str(opening.as_deref().unwrap_or_default());
            match self.data(&picture.source) {
                Ok((size, data)) => self.picture(picture, size, &data),
                Err(reason) => self.missing(picture, &reason),
            }
            self.out.push_str(if opening.is_some() { "</a>\n" } else { "\n" });
        }
        self.out.push_str("</div>\n");
    }

    /// Writes the picture behind a slide, of which this much is seen.
    pub(super) fn backdrop(&mut self, behind: &Backdrop, opacity: f32) {
        match self.data(&behind.source) {
            Ok((_, data)) => {
                let fit = if behind.contain { "contain" } else { "cover" };
                let _ = writeln!(
                    self.out,
                    "<img class=\"backdrop\" alt=\"\" src=\"{data}\" style=\"object-fit:{fit};opacity:{opacity:.2}\">"
                );
            }
            Err(reason) => self.tell(not_shown(&behind.source, &reason).about(behind.source_range)),
        }
    }

    fn picture(&mut self, picture: &Picture, size: Size, data: &str) {
        let ratio = size.width as f32 / size.height.max(1) as f32;
        let mut style =
            format!("--ratio:{ratio:.4};{}{}", width(picture, size, ratio), sides("margin", &picture.margin));
        if let Some(limit) = picture.max_width {
            let _ = write!(style, "max-width:min(100%,{},calc(var(--tall)*var(--ratio)));", length(limit));
        }
        if let Some(frame) = picture.frame {
            style += "border:1px solid ";
            style += &frame.color.map_or("var(--rule)".to_owned(), colors::css);
        }
        let _ = write!(
            self.out,
            "<img alt=\"{}\" width=\"{}\" height=\"{}\" style=\"{}\" src=\"{data}\">",
            escaped(&picture.alt),
            size.width,
            size.height,
            style.trim_end_matches(';')
        );
    }

    fn missing(&mut self, picture: &Picture, reason: &str) {
        let words = [(&*picture.alt, ""), (&*picture.source, ""), (reason, " class=\"reason\"")];
        let words = words.iter().filter(|(words, _)| !words.is_empty());
        let lines: Vec<String> =
            words.map(|(words, class)| format!("<span{class}>{}</span>", escaped(words))).collect();
        let _ = write!(self.out, "<span class=\"frame\">{}</span>", lines.join("<br>"));
        let (name, range) = picture.name();
        self.tell(not_shown(name, reason).about(range));
    }

    /// Returns a picture's size, and itself as an address that leads nowhere else.
    fn data(&self, source: &str) -> Result<(Size, String), String> {
        let size = self.order.shelf.picture(source)?;
        let bytes = self.order.shelf.file(source)?.bytes;
        Ok((size, data::address(data::kind(&bytes), &bytes)))
    }
}

/// Returns how wide a picture is: as its author says, else as it is in pixels of a slide.
fn width(picture: &Picture, size: Size, ratio: f32) -> String {
    if picture.stretch {
        return "width:100%;".to_owned();
    }
    let pixels = |given: Option<Length>| match given {
        Some(Length::Pixels(pixels)) if pixels > 0.0 => Some(pixels),
        _ => None,
    };
    if let Some(Length::Percent(percent)) = picture.width {
        return format!("width:{percent}%;");
    }
    let tall = pixels(picture.height).map(|height| height * ratio);
    let own = [pixels(picture.width), tall].into_iter().flatten().reduce(f32::min);
    let limit = pixels(picture.max_height).map_or(f32::INFINITY, |height| height * ratio);
    format!("width:{};", length(Length::Pixels(own.unwrap_or(size.width as f32).min(limit))))
}
