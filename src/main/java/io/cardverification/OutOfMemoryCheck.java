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
 * Warns if the JVM would go on after it has run out of memory: whatever met the error is broken then, an event loop or what is
 * known of a charge, and nobody restarts a process that lives.
 *
 * <p>
 * Why not end the process from here: Netty and Quarkus catch the error first, and a jar cannot carry the option.
 */
@Singleton
final class OutOfMemoryCheck {

    private static final Logger LOG = Logger.getLogger(OutOfMemoryCheck.class);
    private static final String OPTION = "ExitOnOutOfMemoryError";

    void start(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL && ImageMode.current() == ImageMode.JVM && !isSet()) {
            LOG.warn("Start it with -XX:+" + OPTION + ": without, a process that runs out of memory goes on, broken");
        }
    }

    /** Other JVMs than HotSpot know no such option, and are not told of it. */
    private static boolean isSet() {
        var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return jvm == null || Boolean.parseBoolean(jvm.getVMOption(OPTION).getValue());
    }
}
