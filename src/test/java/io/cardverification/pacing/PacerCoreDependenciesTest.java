package io.cardverification.pacing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Separates the core of the pacer from its shell. */
@AnalyzeClasses(packages = "io.cardverification.pacing", importOptions = DoNotIncludeTests.class)
class PacerCoreDependenciesTest {

    private static final Class<?>[] SHELL = { Pacer.class, PacedTask.class, UpstreamEventLoop.class, PacingConfig.class,
            PacerProducer.class, PacerMonitor.class, PacerMetrics.class, PacerEndpoint.class };

    @ArchTest
    static final ArchRule the_core_depends_on_no_framework = noClasses().that().doNotBelongToAnyOf(SHELL)
            .should().dependOnClassesThat().resideInAnyPackage("java.util.concurrent..", "io.smallrye..", "io.vertx..",
                    "io.quarkus..", "io.micrometer..", "jakarta..", "org.jboss..")
            .because("a test drives every order of its events, without threads and in virtual time");

    @ArchTest
    static final ArchRule the_core_reads_no_clock = noClasses().that().doNotBelongToAnyOf(SHELL)
            .should().callMethod(System.class, "nanoTime").orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock")
            .because("the time of an event is an argument");
}
