//! What becomes known of a request in its course, told to the layers that stand outside.

use backend::RequestContext;
use domain::ids::RequestId;
use std::sync::{Arc, OnceLock};

/// A request's trail, in its extensions.
#[derive(Debug, Clone)]
pub struct Trail(Arc<Found>);

#[derive(Debug)]
struct Found {
    id: RequestId,
    context: OnceLock<RequestContext>,
}

impl Trail {
    /// The trail of a request that has just come in.
    pub fn new(id: RequestId) -> Self {
        Self(Arc::new(Found { id, context: OnceLock::new() }))
    }

    /// The request's identifier: answers quote it and the log bears it.
    pub fn id(&self) -> RequestId {
        self.0.id
    }

    /// Who asks, as far as that was found out.
    pub fn context(&self) -> Option<&RequestContext> {
        self.0.context.get()
    }

    /// It turned out who asks. A request has one requester: a second word changes nothing.
    pub(crate) fn found(&self, context: RequestContext) {
        let _first = self.0.context.set(context);
    }
}
