package io.cardverification.verification;

import io.smallrye.mutiny.Uni;

/**
 * One stage of the pipeline: completes a request, or passes it to the next stage and observes its completion. Threads: any;
 * never blocks.
 */
public interface PipelineStage {

    /** The rest of the pipeline. */
    interface Next {

        Uni<Completion> handle(CallerRequest request);
    }

    /**
     * Emits one completion for each request and never fails. It is not cancelled: if the caller disconnects, the request still
     * completes, at the latest with the call to the upstream that it waits for. So every stage that acquires something can
     * release it when the completion passes.
     */
    Uni<Completion> handle(CallerRequest request, Next next);
}
