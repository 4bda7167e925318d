package io.cardverification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** Which room may import which. Whoever changes this changes the stories in the rooms' package-info, too. */
@AnalyzeClasses(packages = "io.cardverification", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule rooms_import_only_what_their_stories_say = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("verification").definedBy("io.cardverification.verification..")
            .layer("pacing").definedBy("io.cardverification.pacing..")
            .layer("tencentcloud").definedBy("io.cardverification.tencentcloud..")
            .layer("upstream").definedBy("io.cardverification.upstream..")
            .layer("sharing").definedBy("io.cardverification.sharing..")
            .layer("audit").definedBy("io.cardverification.audit..")
            .layer("ledger").definedBy("io.cardverification.ledger..")
            .layer("callers").definedBy("io.cardverification.callers..")
            .layer("rest").definedBy("io.cardverification.rest..")
            .layer("cloudapi").definedBy("io.cardverification.cloudapi..")
            .layer("sandbox").definedBy("io.cardverification.sandbox..")
            .layer("tracing").definedBy("io.cardverification.tracing..")
            .layer("http").definedBy("io.cardverification.http..")
            .layer("config").definedBy("io.cardverification.config..")
            .whereLayer("verification").mayOnlyBeAccessedByLayers("upstream", "sharing", "audit", "callers", "rest",
                    "cloudapi", "tracing")
            .whereLayer("pacing").mayOnlyBeAccessedByLayers("upstream")
            .whereLayer("tencentcloud").mayOnlyBeAccessedByLayers("upstream", "cloudapi", "sandbox")
            .whereLayer("upstream").mayNotBeAccessedByAnyLayer()
            .whereLayer("sharing").mayNotBeAccessedByAnyLayer()
            .whereLayer("audit").mayNotBeAccessedByAnyLayer()
            .whereLayer("ledger").mayOnlyBeAccessedByLayers("audit")
            .whereLayer("callers").mayOnlyBeAccessedByLayers("rest", "cloudapi")
            .whereLayer("rest").mayNotBeAccessedByAnyLayer()
            .whereLayer("cloudapi").mayNotBeAccessedByAnyLayer()
            .whereLayer("sandbox").mayNotBeAccessedByAnyLayer()
            .whereLayer("tracing").mayNotBeAccessedByAnyLayer()
            .whereLayer("http").mayOnlyBeAccessedByLayers("callers", "rest", "cloudapi", "sandbox")
            .whereLayer("config").mayOnlyBeAccessedByLayers("pacing", "upstream", "sharing", "callers", "sandbox", "http")
            .because("the gate and the sandbox meet over HTTP only, and the doors know words, not wires");

    @ArchTest
    static final ArchRule rooms_have_no_cycles = slices().matching("io.cardverification.(*)..").should().beFreeOfCycles()
            .because("a knot of rooms is one room");

    @ArchTest
    static final ArchRule every_class_lives_in_a_known_room = classes().should().resideInAnyPackage(
            "io.cardverification", "io.cardverification.verification", "io.cardverification.pacing",
            "io.cardverification.tencentcloud", "io.cardverification.tencentcloud.encryption", "io.cardverification.upstream",
            "io.cardverification.sharing",
            "io.cardverification.audit", "io.cardverification.ledger", "io.cardverification.tracing",
            "io.cardverification.callers", "io.cardverification.rest", "io.cardverification.cloudapi",
            "io.cardverification.sandbox", "io.cardverification.http", "io.cardverification.config")
            .because("the folder list is the table of contents");

    @ArchTest
    static final ArchRule words_and_protocol_know_no_framework = noClasses()
            .that().resideInAPackage("io.cardverification.tencentcloud")
            .should().dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..", "com.fasterxml..")
            .because("pure functions can be tested in milliseconds and used on both sides");

    @ArchTest
    static final ArchRule only_who_needs_bouncy_castle_loads_it = noClasses()
            .that().doNotHaveSimpleName("Sm2").and().doNotHaveSimpleName("Sm4").and().doNotHaveSimpleName("Pkcs1")
            .should().dependOnClassesThat().resideInAPackage("org.bouncycastle..")
            .because(
                    "its jar is signed, and to verify that is no caller's to wait for who encrypts with what Java has, or not at all");

    @ArchTest
    static final ArchRule nothing_is_named_after_what_it_is_not = noClasses()
            .should().haveNameMatching(".*(Manager|Helper|Impl|Utils?|Service)")
            .because("such a name tells nothing");
}
