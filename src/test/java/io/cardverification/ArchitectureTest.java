package io.cardverification;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The allowed dependencies between packages. A change of them also changes the package-info of the packages. */
@AnalyzeClasses(packages = "io.cardverification", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_import_only_allowed_packages = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("config").definedBy("io.cardverification.config..")
            .layer("label").definedBy("io.cardverification.label..")
            .layer("verification").definedBy("io.cardverification.verification..")
            .layer("pacing").definedBy("io.cardverification.pacing..")
            .layer("replicas").definedBy("io.cardverification.replicas..")
            .layer("tencentcloud").definedBy("io.cardverification.tencentcloud..")
            .layer("upstream").definedBy("io.cardverification.upstream..")
            .layer("pipeline").definedBy("io.cardverification.pipeline..")
            .layer("idempotency").definedBy("io.cardverification.idempotency..")
            .layer("caching").definedBy("io.cardverification.caching..")
            .layer("coalescing").definedBy("io.cardverification.coalescing..")
            .layer("ledger").definedBy("io.cardverification.ledger..")
            .layer("callers").definedBy("io.cardverification.callers..")
            .layer("rest").definedBy("io.cardverification.rest..")
            .layer("cloudapi").definedBy("io.cardverification.cloudapi..")
            .layer("sandbox").definedBy("io.cardverification.sandbox..")
            .layer("tracing").definedBy("io.cardverification.tracing..")
            .layer("store").definedBy("io.cardverification.store..")
            .layer("command").definedBy("io.cardverification.command..")
            .layer("http").definedBy("io.cardverification.http..")
            .whereLayer("config").mayOnlyBeAccessedByLayers("pacing", "upstream", "idempotency", "caching", "callers", "http",
                    "sandbox", "store", "pipeline")
            .whereLayer("label").mayOnlyBeAccessedByLayers("verification", "upstream", "http", "rest", "sandbox")
            .whereLayer("verification").mayOnlyBeAccessedByLayers("pacing", "upstream", "pipeline", "idempotency", "caching",
                    "coalescing", "ledger", "callers", "rest", "cloudapi", "tracing", "store",
                    "replicas")
            .whereLayer("store").mayOnlyBeAccessedByLayers("pipeline", "idempotency", "caching", "coalescing", "ledger",
                    "callers", "replicas")
            .whereLayer("pacing").mayOnlyBeAccessedByLayers("upstream", "replicas")
            .whereLayer("replicas").mayNotBeAccessedByAnyLayer()
            .whereLayer("tencentcloud").mayOnlyBeAccessedByLayers("upstream", "cloudapi", "sandbox")
            .whereLayer("upstream").mayNotBeAccessedByAnyLayer()
            .whereLayer("pipeline").mayNotBeAccessedByAnyLayer()
            .whereLayer("idempotency").mayOnlyBeAccessedByLayers("pipeline")
            .whereLayer("caching").mayOnlyBeAccessedByLayers("pipeline")
            .whereLayer("coalescing").mayOnlyBeAccessedByLayers("pipeline")
            .whereLayer("ledger").mayOnlyBeAccessedByLayers("pipeline")
            .whereLayer("callers").mayOnlyBeAccessedByLayers("pipeline", "rest", "cloudapi", "command")
            .whereLayer("command").mayNotBeAccessedByAnyLayer()
            .whereLayer("rest").mayNotBeAccessedByAnyLayer()
            .whereLayer("cloudapi").mayNotBeAccessedByAnyLayer()
            .whereLayer("sandbox").mayNotBeAccessedByAnyLayer()
            .whereLayer("tracing").mayNotBeAccessedByAnyLayer()
            .whereLayer("http").mayOnlyBeAccessedByLayers("upstream", "callers", "rest", "cloudapi", "sandbox", "tracing")
            .because("upstream and sandbox meet over HTTP only, and the APIs know values, not requests to the upstream");

    @ArchTest
    static final ArchRule packages_have_no_cycles = slices().matching("io.cardverification.(*)..").should().beFreeOfCycles()
            .because("a knot of rooms is one room");

    @ArchTest
    static final ArchRule every_class_is_in_a_known_package = classes().should().resideInAnyPackage(
            "io.cardverification", "io.cardverification.verification", "io.cardverification.pacing",
            "io.cardverification.tencentcloud", "io.cardverification.tencentcloud.encryption", "io.cardverification.upstream",
            "io.cardverification.pipeline", "io.cardverification.idempotency", "io.cardverification.caching",
            "io.cardverification.coalescing", "io.cardverification.ledger", "io.cardverification.tracing",
            "io.cardverification.callers", "io.cardverification.rest", "io.cardverification.cloudapi",
            "io.cardverification.sandbox", "io.cardverification.http", "io.cardverification.config",
            "io.cardverification.label", "io.cardverification.command", "io.cardverification.store..",
            "io.cardverification.replicas")
            .because("the folder list is the table of contents");

    @ArchTest
    static final ArchRule protocol_uses_no_framework = noClasses()
            .that().resideInAPackage("io.cardverification.tencentcloud")
            .should().dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..", "com.fasterxml..")
            .because("pure functions can be tested in milliseconds and used on both sides");

    @ArchTest
    static final ArchRule only_sm_and_pkcs1_load_bouncy_castle = noClasses()
            .that().doNotHaveSimpleName("Sm2").and().doNotHaveSimpleName("Sm4").and().doNotHaveSimpleName("Pkcs1")
            .should().dependOnClassesThat().resideInAPackage("org.bouncycastle..")
            .because(
                    "its jar is signed, and verifying it delays requests that do not need it");

    @ArchTest
    static final ArchRule no_class_has_an_empty_suffix = noClasses()
            .should().haveNameMatching(".*(Manager|Helper|Impl|Utils?|Service)")
            .because("such a name tells nothing");
}
