package io.cardverification.testing;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;

/** When each request of this process to the upstream left, by the clock that the sandbox stamps arrivals with. */
@Provider
@ConstrainedTo(RuntimeType.CLIENT)
public final class Departures implements WriterInterceptor {

    private static final CopyOnWriteArrayList<Long> AT_NANOS = new CopyOnWriteArrayList<>();

    public static void forget() {
        AT_NANOS.clear();
    }

    public static List<Long> atNanos() {
        return AT_NANOS.stream().sorted().toList();
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        AT_NANOS.add(System.nanoTime());
        context.proceed();
    }
}
