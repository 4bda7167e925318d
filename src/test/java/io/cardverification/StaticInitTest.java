package io.cardverification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.nio.file.Files;
import java.security.Key;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Classes of a native image are initialised where it is built, and what they hold then is in every copy of it. */
@AnalyzeClasses(packages = "io.cardverification", importOptions = DoNotIncludeTests.class)
class StaticInitTest {

    /** What belongs to one machine or one run, or is nobody else's. */
    private static final List<Class<?>> OF_ONE_RUN = List.of(RandomGenerator.class, Key.class, Clock.class, Instant.class,
            Thread.class, Executor.class, Config.class, Closeable.class, FileDescriptor.class);

    /** Who makes such things, or tells of them. */
    private static final List<Class<?>> SOURCES = List.of(System.class, UUID.class, Files.class, Executors.class,
            ConfigProvider.class);

    private static boolean isAny(JavaClass type, List<Class<?>> of) {
        return of.stream().anyMatch(type::isAssignableTo);
    }

    @ArchTest
    static final ArchRule static_initializers_hold_no_state_of_a_run = classes().should(
            new ArchCondition<>("hold and make nothing static that is random, secret, open or of a time") {
                @Override
                public void check(JavaClass each, ConditionEvents events) {
                    each.getFields().stream().filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                            .filter(field -> isAny(field.getRawType(), OF_ONE_RUN))
                            .forEach(field -> events.add(SimpleConditionEvent.violated(field, field.getDescription())));
                    each.getStaticInitializer().ifPresent(unit -> follow(unit, new HashSet<>(), events));
                }
            }).because("it would be the same in every process, and on the builder's disk");

    /** Through whatever of ours is called, but not into what is only handed on, to be called later. */
    private static void follow(JavaCodeUnit unit, Set<JavaCodeUnit> seen, ConditionEvents events) {
        if (!seen.add(unit)) {
            return;
        }
        for (var call : unit.getCallsFromSelf()) {
            if (call.isDeclaredInLambda()) {
                continue;
            }
            var owner = call.getTargetOwner();
            if (isAny(owner, OF_ONE_RUN) || isAny(owner, SOURCES)) {
                events.add(SimpleConditionEvent.violated(call, call.getDescription()));
            } else if (owner.getPackageName().startsWith("io.cardverification")) {
                call.getTarget().resolveMember().ifPresent(next -> follow(next, seen, events));
            }
        }
    }

    static final class Held {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    static final class Made {
        static final String ID = id();

        private static String id() {
            return UUID.randomUUID().toString();
        }
    }

    @Test
    void rule_detects_held_and_created_state() {
        for (var planted : new Class<?>[] { Held.class, Made.class }) {
            var imported = new ClassFileImporter().importClasses(planted);
            assertThatThrownBy(() -> static_initializers_hold_no_state_of_a_run.check(imported))
                    .isInstanceOf(AssertionError.class).hasMessageContaining(planted.getSimpleName());
        }
    }
}
