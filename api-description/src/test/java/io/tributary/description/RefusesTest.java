package io.tributary.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.api.Refuses;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@link Refuses} is what the code does: a handler names only what it reaches by its calls, and the
 * handlers of a controller together name all that they reach.
 */
class RefusesTest {

  @ParameterizedTest
  @EnumSource
  void handlers_name_the_problems_that_they_answer_with(ApiFile file) {
    JavaClasses service = classes(file.basePackage());
    Map<Class<?>, List<Method>> controllers =
        HandlerDescription.of(file).handlers().values().stream()
            .collect(Collectors.groupingBy(Method::getDeclaringClass));
    controllers.forEach((controller, handlers) -> {
      Set<ProblemType> named = EnumSet.noneOf(ProblemType.class);
      Set<ProblemType> reached = EnumSet.noneOf(ProblemType.class);
      for (Method handler : handlers) {
        Set<ProblemType> reachable = reached(service, handler, file.basePackage());
        assertThat(reachable).as("what %s can answer", handler).containsAll(named(handler));
        named.addAll(named(handler));
        reached.addAll(reachable);
      }
      assertThat(named).as("all @Refuses of %s", controller).isEqualTo(reached);
    });
  }

  private static JavaClasses classes(String basePackage) {
    // What a service's classes call of each other is enough, and read in a second.
    return ArchConfiguration.withThreadLocalScope(configuration -> {
      configuration.setResolveMissingDependenciesFromClassPath(false);
      return new ClassFileImporter().importPackages(basePackage);
    });
  }

  private static Collection<ProblemType> named(Method handler) {
    @Nullable Refuses refuses = handler.getAnnotation(Refuses.class);
    return refuses == null ? Set.of() : Set.of(refuses.value());
  }

  /** By calls within the service, to methods that are known where the call stands. */
  private static Set<ProblemType> reached(JavaClasses service, Method handler, String basePackage) {
    Set<ProblemType> reached = EnumSet.noneOf(ProblemType.class);
    Set<JavaCodeUnit> seen = new HashSet<>();
    seen.add(
        service
            .get(handler.getDeclaringClass())
            .getMethod(handler.getName(), handler.getParameterTypes()));
    Deque<JavaCodeUnit> next = new ArrayDeque<>(seen);
    while (!next.isEmpty()) {
      JavaCodeUnit unit = next.pop();
      unit.getFieldAccesses().stream()
          .filter(access -> access.getTargetOwner().isEquivalentTo(ProblemType.class))
          .forEach(access -> reached.add(ProblemType.valueOf(access.getName())));
      Stream.concat(
              unit.getCallsFromSelf().stream().map(call -> call.getTarget().resolveMember()),
              unit.getMethodReferencesFromSelf().stream()
                  .map(reference -> reference.getTarget().resolveMember()))
          .flatMap(called -> called.map(Stream::of).orElseGet(Stream::of))
          .filter(called -> called.getOwner().getPackageName().startsWith(basePackage))
          .filter(seen::add)
          .forEach(next::add);
    }
    return reached;
  }
}
