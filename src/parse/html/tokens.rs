//! The parser's tokens on their way to the tree, with where each of them stands in the HTML.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use html5ever::LocalName;
use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::TreeBuilder;

use super::sink::{NodeHandle, Sink};

/// The token that the tree is being built of.
#[derive(Debug, Clone, Default)]
pub(super) struct CurrentToken {
    /// Its bytes of the HTML.
    pub(super) range: Range<usize>,
    /// The name of the element that it opens.
    pub(super) opens: Option<LocalName>,
}

/// Reads HTML piece by piece.
pub(super) struct TokenReader {
    tokenizer: Tokenizer<PositionedTokens>,
    input: Rc<BufferQueue>,
}

/// Hands tokens on to the tree. Where one ends is known by what the tokenizer has not taken yet.
struct PositionedTokens {
    builder: TreeBuilder<NodeHandle, Sink>,
    input: Rc<BufferQueue>,
    /// How many bytes were given to the tokenizer.
    given: Cell<usize>,
    /// Where the last token ended.
    end: Cell<usize>,
}

impl TokenReader {
    pub(super) fn new(builder: TreeBuilder<NodeHandle, Sink>) -> Self {
        let initial_state = Some(builder.tokenizer_state_for_context_elem(false));
        let input = Rc::new(BufferQueue::default());
        let tokens =
            PositionedTokens { builder, input: Rc::clone(&input), given: Cell::new(0), end: Cell::new(0) };
        let options = TokenizerOpts { initial_state, ..TokenizerOpts::default() };
        Self { tokenizer: Tokenizer::new(tokens, options), input }
    }

    /// Reads the next piece of the HTML.
    pub(super) fn read(&self, html: &str) {
        let given = &self.tokenizer.sink.given;
        given.set(given.get() + html.len());
        self.input.push_back(StrTendril::from(html));
        while !matches!(self.tokenizer.feed(&self.input), TokenizerResult::Done) {}
    }

    pub(super) fn sink(&self) -> &Sink {
        &self.tokenizer.sink.builder.sink
    }

    /// Returns the sink after the last piece.
    pub(super) fn finish(self) -> Sink {
        self.tokenizer.end();
        self.tokenizer.sink.builder.sink
    }
}

impl PositionedTokens {
    /// Returns how many bytes the tokenizer has not taken yet.
    fn waiting(&self) -> usize {
        // The queue tells no length. It has more than one buffer only where the tokenizer has put letters back.
        self.input.pop_front().map_or(0, |buffer| {
            let waiting = buffer.len() + self.waiting();
            self.input.push_front(buffer);
            waiting
        })
    }
}

impl TokenSink for PositionedTokens {
    type Handle = NodeHandle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeHandle> {
        // What is told of errors stands within tokens.
        if !matches!(token, Token::ParseError(_)) {
            let end = self.given.get().saturating_sub(self.waiting());
            let opens = match &token {
                Token::TagToken(tag) if tag.kind == TagKind::StartTag => Some(tag.name.clone()),
                _ => None,
            };
            let range = self.end.replace(end)..end;
            self.builder.sink.token.replace(CurrentToken { range, opens });
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
