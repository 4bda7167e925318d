package io.cardverification;

import java.lang.management.ManagementFactory;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import com.sun.management.HotSpotDiagnosticMXBean;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;

/**
 * Logs a warning if the JVM would continue after an {@code OutOfMemoryError}.
 *
 * <p>
 * After such an error an event loop or the state of a charge may be broken, and an orchestrator does not restart a running
 * process.
 *
 * <p>
 * Rejected: ending the process here. Netty and Quarkus catch the error first, and a jar cannot contain the JVM option.
 */
@Singleton
final class OutOfMemoryCheck {

    private static final Logger LOG = Logger.getLogger(OutOfMemoryCheck.class);
    private static final String OPTION = "ExitOnOutOfMemoryError";

    void start(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL && ImageMode.current() == ImageMode.JVM && !isSet()) {
            LOG.warn("Start the gateway with -XX:+" + OPTION
                    + ". Without it, a process without memory continues in a broken state");
        }
    }

    /** Returns true for JVMs other than HotSpot, which have no such option. They get no warning. */
    private static boolean isSet() {
        var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return jvm == null || Boolean.parseBoolean(jvm.getVMOption(OPTION).getValue());
    }
}
