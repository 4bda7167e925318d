package io.cardverification.pipeline;

import java.time.Clock;
import java.util.List;

import jakarta.inject.Singleton;

import io.cardverification.caching.CacheStage;
import io.cardverification.caching.CachingCallFactory;
import io.cardverification.callers.QuotaStage;
import io.cardverification.coalescing.CoalescingStage;
import io.cardverification.coalescing.RecordedCalls;
import io.cardverification.idempotency.IdempotencyStage;
import io.cardverification.ledger.LedgerStage;
import io.cardverification.store.CallIds;
import io.cardverification.store.Store;
import io.cardverification.verification.CallOptions;
import io.cardverification.verification.CallerConnection;
import io.cardverification.verification.Completion;
import io.cardverification.verification.PipelineStage;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.Verifier;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;

/**
 * The way of a request through the gateway, stage by stage:
 *
 * <ol>
 * <li>authenticate: {@code rest} and {@code cloudapi}, before they call {@link #verify};
 * <li>record: one ledger entry for each request, when it completes; nothing starts while the ledger cannot be written;
 * <li>idempotency: a repeated key gets its first answer;
 * <li>cached answer: a recent answer to the same question;
 * <li>account: the caller's limits;
 * <li>coalesce: equal requests in progress await one call;
 * <li>pace: {@code upstream}, once for each call;
 * <li>depart: the store commits the call, its keys and its charge, or knows an earlier answer: {@code coalescing}, when the
 * pacer has given a permit;
 * <li>sign and send, classify: {@code upstream}.
 * </ol>
 *
 * <p>
 * A request only moves forward; only a retry enters the pacer's queue again. The completion passes the stages in reverse order.
 * Replays and cached answers do not count against the caller's limits, since they cost nothing; so the account is behind them.
 *
 * <p>
 * Threads: any.
 */
@Startup // loads the cryptography of the fingerprints
@Singleton
final class VerificationPipeline implements Verifier {

    private final Fingerprints fingerprints;
    private final CoalescingStage coalescing;
    private final PipelineStage.Next first;

    VerificationPipeline(Fingerprints fingerprints, LedgerStage ledger, IdempotencyStage idempotency, CacheStage cache,
            QuotaStage quotas, CachingCallFactory upstream, Store store, CallIds ids, Clock clock) {
        this.fingerprints = fingerprints;
        this.coalescing = new CoalescingStage(new RecordedCalls(upstream, store, ids, clock));
        this.first = compose(List.of(ledger, idempotency, cache, quotas), coalescing);
    }

    private static PipelineStage.Next compose(List<PipelineStage> stages, PipelineStage.Next last) {
        if (stages.isEmpty()) {
            return last;
        }
        var stage = stages.get(0);
        var next = compose(stages.subList(1, stages.size()), last);
        return request -> stage.handle(request, next);
    }

    @Override
    public Uni<Completion> verify(VerificationRequest values, CallOptions options) {
        return Uni.createFrom().emitter(caller -> {
            var connection = new CallerConnection();
            first.handle(fingerprints.request(values, options, connection)).subscribe().with(caller::complete, caller::fail);
            caller.onTermination(connection::disconnect);
        });
    }

    int inFlight() {
        return coalescing.inFlight();
    }
}
