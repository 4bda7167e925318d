package io.cardverification.caching;

import java.util.function.Consumer;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.VerificationCall;
import io.cardverification.verification.VerificationCallFactory;

/** Puts the results of calls into the cache, before other requests learn that the call has ended. Threads: any. */
@Singleton
@Typed(CachingCallFactory.class) // only the pipeline uses it; the upstream's factory stays the only bean of the port
public final class CachingCallFactory implements VerificationCallFactory {

    private final VerificationCallFactory upstream;
    private final ResultCache cache;

    public CachingCallFactory(VerificationCallFactory upstream, ResultCache cache) {
        this.upstream = upstream;
        this.cache = cache;
    }

    @Override
    public VerificationCall open(CallerRequest request, Consumer<Completion> onEnded) {
        var recorder = cache.recorder(request.sharingKey());
        return upstream.open(request, completion -> {
            recorder.accept(completion);
            onEnded.accept(completion);
        });
    }
}
