package io.tributary.description;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springdoc.webmvc.core.configuration.MultipleOpenApiSupportConfiguration;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What springdoc finds at the handlers of one file: paths, parameters, bodies and schemas. The
 * handlers are never called, so nothing that they need has to be there.
 */
record HandlerDescription(ObjectNode openApi, Map<String, Method> handlers) {
  /** Where an operation says which of the handlers it is. */
  static final String HANDLER = "x-handler";

  private static final SpringObjenesis OBJENESIS = new SpringObjenesis();

  static HandlerDescription of(ApiFile file) {
    List<Class<?>> controllers = controllers(file.basePackage());
    ObjectNode[] found = new ObjectNode[1];
    Map<String, Method> handlers = new HashMap<>();
    GlobalOperationCustomizer named =
        (operation, handler) -> {
          String name = handler.getShortLogMessage();
          handlers.put(name, handler.getMethod());
          operation.addExtension(HANDLER, name);
          return operation.operationId(handler.getMethod().getName());
        };
    new WebApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                JacksonAutoConfiguration.class,
                DispatcherServletAutoConfiguration.class,
                WebMvcAutoConfiguration.class,
                SpringDocConfigProperties.class,
                SpringDocConfiguration.class,
                SpringDocWebMvcConfiguration.class,
                MultipleOpenApiSupportConfiguration.class))
        .withInitializer(context ->
            controllers.forEach(each -> register((GenericApplicationContext) context, each)))
        .withBean(GlobalOperationCustomizer.class, () -> named)
        .withPropertyValues(
            // 3.1 says nothing more of these faces, and fewer generators read it.
            "springdoc.api-docs.version=openapi_3_0",
            "springdoc.default-produces-media-type=application/json",
            "springdoc.override-with-generic-response=false",
            "springdoc.paths-to-match=" + file.pathPrefix() + "**")
        .run(context -> {
          assertThat(context).hasNotFailed();
          HttpServletRequest request = new MockHttpServletRequest("GET", "/v3/api-docs");
          byte[] described =
              context
                  .getBean(OpenApiWebMvcResource.class)
                  .openapiJson(request, "/v3/api-docs", Locale.ENGLISH);
          found[0] =
              (ObjectNode)
                  JsonMapper.shared().readTree(new String(described, StandardCharsets.UTF_8));
        });
    return new HandlerDescription(found[0], handlers);
  }

  private static void register(GenericApplicationContext context, Class<?> controller) {
    RootBeanDefinition definition = new RootBeanDefinition(controller);
    definition.setInstanceSupplier(() -> OBJENESIS.newInstance(controller));
    context.registerBeanDefinition(controller.getName(), definition);
  }

  private static List<Class<?>> controllers(String basePackage) {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
    return scanner.findCandidateComponents(basePackage).stream()
        .<Class<?>>map(found ->
            ClassUtils.resolveClassName(Objects.requireNonNull(found.getBeanClassName()), null))
        .toList();
  }
}
