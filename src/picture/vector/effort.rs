//! How much time and memory a drawing takes at a size, before it is rendered. A rough estimate, meant for what is
//! far beyond all measure.
#![expect(clippy::cast_precision_loss, reason = "an estimate need not be exact")]

use resvg::tiny_skia::{Rect, Transform};
use resvg::usvg::filter::Kind;
use resvg::usvg::{Fill, Group, ImageKind, Node, Paint, Path, Stroke, Tree};

use super::super::Size;
use super::super::limits::TOO_COMPLICATED;

/// About a nanosecond each: some twenty seconds.
const MOST_STEPS: f64 = 2e10;
/// What the layers may take that are open at once.
const MOST_BYTES: f64 = (256_u32 << 20) as f64;
/// What a node costs however small it is.
const STEPS_A_NODE: f64 = 500.0;
/// A lower band is not worth its while.
const LOWEST_BAND: u32 = 64;

/// Returns in bands of which height a window of `size` may be rendered, within what time and memory allow.
pub(super) fn band(tree: &Tree, transform: Transform, size: Size) -> Result<u32, String> {
    let mut height = size.height;
    loop {
        let mut effort = Effort {
            width: size.width as f32,
            height: height as f32,
            transform,
            layers: 0.0,
            most_layers: 0.0,
            steps: 0.0,
        };
        effort.group(tree.root());
        let bands = f64::from(size.height.div_ceil(height));
        if effort.steps * bands > MOST_STEPS {
            return Err(TOO_COMPLICATED.to_owned());
        }
        if effort.most_layers <= MOST_BYTES {
            return Ok(height);
        }
        if height <= LOWEST_BAND {
            return Err(TOO_COMPLICATED.to_owned());
        }
        height = (height / 2).max(LOWEST_BAND);
    }
}

/// What one band takes, wherever in the drawing it lies.
struct Effort {
    width: f32,
    height: f32,
    /// From the drawing's units to pixels.
    transform: Transform,
    /// The bytes of the layers that are open.
    layers: f64,
    most_layers: f64,
    steps: f64,
}

impl Effort {
    fn group(&mut self, group: &Group) {
        if self.steps > MOST_STEPS {
            return;
        }
        let layer = if group.should_isolate() { self.layer(group) } else { 0.0 };
        self.open(layer * 4.0);
        self.steps += layer * 4.0;
        for child in group.children() {
            self.node(child);
        }
        self.layers -= layer * 4.0;
    }

    fn node(&mut self, node: &Node) {
        self.steps += STEPS_A_NODE;
        match node {
            Node::Group(group) => self.group(group),
            Node::Path(path) => self.path(path),
            Node::Text(text) => self.group(text.flattened()),
            Node::Image(image) => {
                self.steps += self.seen(image.abs_bounding_box(), 1.0) * 10.0;
                let own = f64::from(image.size().width()) * f64::from(image.size().height());
                match image.kind() {
                    ImageKind::SVG(tree) => self.subroot(tree.root()),
                    _ => self.steps += own * 20.0,
                }
            }
        }
        node.subroots(|root| self.subroot(root));
    }

    /// Adds a pattern, a mask or the like: a layer of its own.
    fn subroot(&mut self, root: &Group) {
        if self.steps > MOST_STEPS {
            return;
        }
        let layer = f64::from(self.width) * f64::from(self.height);
        self.open(layer * 4.0);
        self.steps += layer;
        self.group(root);
        self.layers -= layer * 4.0;
    }

    fn path(&mut self, path: &Path) {
        self.steps += self.seen(path.abs_stroke_bounding_box(), 1.0) + path.data().len() as f64 * 10.0;
        let paints = path.fill().map(Fill::paint).into_iter().chain(path.stroke().map(Stroke::paint));
        for paint in paints {
            let Paint::Pattern(pattern) = paint else { continue };
            // One tile is rendered whole, however little of it is seen.
            let scale = self.scale(path.abs_transform().pre_concat(pattern.transform()));
            let tile = f64::from(pattern.rect().width()) * f64::from(pattern.rect().height()) * scale * scale;
            self.open(tile * 4.0);
            self.layers -= tile * 4.0;
            self.steps += tile;
        }
    }

    /// Returns the pixels of a group's layer, with the steps of its filters added.
    fn layer(&mut self, group: &Group) -> f64 {
        // Layers reach beyond the window, so that filters see what is there.
        let pixels = self.seen(group.abs_layer_bounding_box().to_rect(), 5.0);
        let scale = self.scale(group.abs_transform());
        for primitive in group.filters().iter().flat_map(|filter| filter.primitives()) {
            self.steps += pixels * steps_a_pixel(primitive.kind(), scale);
            // The result of each is kept until the last.
            self.open(pixels * 4.0);
        }
        let primitives: usize = group.filters().iter().map(|filter| filter.primitives().len()).sum();
        self.layers -= pixels * 4.0 * primitives as f64;
        pixels
    }

    fn open(&mut self, bytes: f64) {
        self.layers += bytes;
        self.most_layers = self.most_layers.max(self.layers);
    }

    /// Returns how many pixels of a box are touched in an area `times` as wide and as high as the window.
    fn seen(&self, area: Rect, times: f32) -> f64 {
        let (width, height) = (self.width * times, self.height * times);
        match area.transform(self.transform) {
            Some(area) => f64::from(area.width().min(width)) * f64::from(area.height().min(height)),
            None => f64::from(width) * f64::from(height),
        }
    }

    fn scale(&self, transform: Transform) -> f64 {
        let (across, down) = self.transform.pre_concat(transform).get_scale();
        f64::from(across.max(down))
    }
}

fn steps_a_pixel(kind: &Kind, scale: f64) -> f64 {
    match kind {
        Kind::Turbulence(turbulence) => 40.0 * f64::from(turbulence.num_octaves()),
        Kind::Morphology(morphology) => {
            let reach = |radius: f32| 2.0 * f64::from(radius) * scale + 1.0;
            reach(morphology.radius_x().get()) * reach(morphology.radius_y().get())
        }
        Kind::ConvolveMatrix(matrix) => {
            5.0 * f64::from(matrix.matrix().columns()) * f64::from(matrix.matrix().rows())
        }
        Kind::GaussianBlur(_)
        | Kind::DropShadow(_)
        | Kind::DiffuseLighting(_)
        | Kind::SpecularLighting(_) => 40.0,
        _ => 10.0,
    }
}
