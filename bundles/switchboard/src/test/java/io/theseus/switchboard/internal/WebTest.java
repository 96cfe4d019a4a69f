// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.api.ServiceSuspendedException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.servlet.AsyncContext;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.DispatcherType;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.GenericServlet;
import javax.servlet.Servlet;
import javax.servlet.ServletConfig;
import javax.servlet.ServletContext;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import sample.api.Starts;
import sample.app.ScriptedActivator;

/** The life cycle a whiteboard leads, with the container played by the test. */
class WebTest {
    private Container container;
    private BundleContext whiteboard;
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void start(@TempDir Path storage) throws Exception {
        container = new Container(storage);
        container.switchboard();
        whiteboard = container.client();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private Bundle version(String version, Class<?> type, Object service, String prefix) throws Exception {
        Starts.on("web " + version, context -> {
            Hashtable<String, Object> properties = new Hashtable<>();
            properties.put(prefix + "greeting", "from " + version);
            context.registerService(type.getName(), service, properties);
        });
        return container.application("web", version, ScriptedActivator.class);
    }

    private class Page extends GenericServlet {
        private static final long serialVersionUID = 1L;
        private final String version;

        Page(String version) {
            this.version = version;
        }

        @Override
        public void init() {
            log.add("init " + version + " " + getInitParameter("greeting") + " " + getServletName() + " "
                    + getServletContext().getContextPath() + Collections.list(getInitParameterNames()));
        }

        @Override
        public void service(ServletRequest request, ServletResponse response) {
            log.add("service " + version);
        }

        @Override
        public void destroy() {
            log.add("destroy " + version);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T stub(Class<T> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static final ServletContext CONTEXT = stub(
            ServletContext.class, (proxy, method, args) -> method.getName().equals("getContextPath") ? "/shop" : null);

    private static final ServletConfig CONFIG =
            stub(ServletConfig.class, (proxy, method, args) -> switch (method.getName()) {
                case "getServletName" -> "page";
                case "getServletContext" -> CONTEXT;
                default -> "of the container";
            });

    /** A request whose asynchronous part the test drives. */
    private static final class Request {
        final Map<String, Object> attributes = new HashMap<>();
        final List<AsyncListener> listeners = new ArrayList<>();
        boolean async;
        DispatcherType dispatcher = DispatcherType.REQUEST;
        final AsyncContext asyncContext = stub(AsyncContext.class, (proxy, method, args) -> {
            if (method.getName().equals("addListener")) {
                listeners.add((AsyncListener) args[0]);
            }
            return null;
        });
        final ServletRequest request = stub(ServletRequest.class, (proxy, method, args) -> switch (method.getName()) {
            case "isAsyncStarted" -> async;
            case "getDispatcherType" -> dispatcher;
            case "getAsyncContext" -> asyncContext;
            case "getAttribute" -> attributes.get((String) args[0]);
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            default -> null;
        });

        void complete() throws Exception {
            for (AsyncListener listener : listeners) {
                listener.onComplete(new AsyncEvent(asyncContext));
            }
        }
    }

    private static void send(Servlet servlet, Request request) throws Exception {
        servlet.service(request.request, stub(ServletResponse.class, (proxy, method, args) -> null));
    }

    private Servlet servlet() {
        return whiteboard.getService(whiteboard.getServiceReference(Servlet.class));
    }

    @Test
    void theSuccessorIsInitialisedBeforeItIsCalledAndTheOldDestroyedAfterItsLastCall() throws Exception {
        Bundle old = version("1.0.0", Servlet.class, new Page("1"), "servlet.init.");
        Bundle next = version("2.0.0", Servlet.class, new Page("2"), "servlet.init.");
        List<Integer> events = new ArrayList<>();
        old.start();
        whiteboard.addServiceListener(event -> events.add(event.getType()));
        Servlet servlet = servlet();
        servlet.init(CONFIG);
        send(servlet, new Request());

        container.bring(Map.of(old, next));
        assertThat(container.exchange.warm()).isEmpty();
        container.exchange.switchOver();
        send(servlet, new Request());
        container.exchange.drop();
        servlet.destroy();

        assertThat(log)
                .containsExactly(
                        "init 1 from 1.0.0 page /shop[greeting]",
                        "service 1",
                        "init 2 from 2.0.0 page /shop[greeting]",
                        "service 2",
                        "destroy 1",
                        "destroy 2");
        assertThat(events).isEmpty();
    }

    @Test
    void aServletIsNotDestroyedBecauseItsGenerationIsNotCurrent() throws Exception {
        Bundle old = version("1.0.0", Servlet.class, new Page("1"), "servlet.init.");
        Bundle next = version("2.0.0", Servlet.class, new Page("2"), "servlet.init.");
        old.start();
        Servlet servlet = servlet();
        servlet.init(CONFIG);
        container.bring(Map.of(old, next));
        container.exchange.warm();
        container.exchange.switchOver();
        container.exchange.switchOver();

        container.exchange.drop();

        send(servlet, new Request());
        assertThat(log)
                .containsExactly(
                        "init 1 from 1.0.0 page /shop[greeting]",
                        "init 2 from 2.0.0 page /shop[greeting]",
                        "destroy 2",
                        "service 1");
    }

    @Test
    void aServletThatDoesNotInitialiseIsAProblemBeforeTheSwitch() throws Exception {
        Bundle old = version("1.0.0", Servlet.class, new Page("1"), "servlet.init.");
        Bundle next = version(
                "2.0.0",
                Servlet.class,
                new Page("2") {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void init(ServletConfig config) throws ServletException {
                        throw new ServletException("no template");
                    }
                },
                "servlet.init.");
        old.start();
        Servlet servlet = servlet();
        servlet.init(CONFIG);
        container.bring(Map.of(old, next));

        assertThat(container.exchange.warm()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("service-does-not-begin");
            assertThat(problem.toString()).contains("no template").contains("javax.servlet.Servlet");
        });
        container.exchange.drop();
        send(servlet, new Request());
        assertThat(log).endsWith("service 1");
    }

    /** A page that says in which generation it is initialised, and fails as often as it is told. */
    private class Lazy extends Page {
        private static final long serialVersionUID = 1L;
        private final String version;
        private int failures;

        Lazy(String version, int failures) {
            super(version);
            this.version = version;
            this.failures = failures;
        }

        @Override
        public void init(ServletConfig config) throws ServletException {
            log.add("init " + version + " on side " + side());
            if (failures-- > 0) {
                throw new ServletException("no template");
            }
        }
    }

    @Test
    void aContainerThatInitialisesLateInitialisesEachVersionInItsOwnGeneration() throws Exception {
        Bundle old = version("1.0.0", Servlet.class, new Lazy("1", 0), "servlet.init.");
        Bundle next = version("2.0.0", Servlet.class, new Lazy("2", 0), "servlet.init.");
        old.start();
        Servlet servlet = servlet();
        container.bring(Map.of(old, next));
        assertThat(container.exchange.warm()).isEmpty();

        servlet.init(CONFIG);
        send(servlet, new Request());
        container.exchange.switchOver();
        send(servlet, new Request());

        assertThat(log).containsExactly("init 1 on side 0", "init 2 on side 1", "service 1", "service 2");
    }

    @Test
    void aServletThatCouldNotBeInitialisedBesideAnotherIsInitialisedWhenItIsCalled() throws Exception {
        Bundle old = version("1.0.0", Servlet.class, new Lazy("1", 0), "servlet.init.");
        Bundle next = version("2.0.0", Servlet.class, new Lazy("2", 3), "servlet.init.");
        old.start();
        Servlet servlet = servlet();
        container.bring(Map.of(old, next));
        assertThat(container.exchange.warm()).isEmpty();
        servlet.init(CONFIG);
        container.exchange.switchOver();

        assertThatThrownBy(() -> send(servlet, new Request())).isInstanceOf(ServiceSuspendedException.class);
        log.clear();
        send(servlet, new Request());

        assertThat(log).containsExactly("init 2 on side 1", "service 2");
    }

    @Test
    void anAsynchronousRequestHoldsItsGenerationAndComesBackToIt() throws Exception {
        Bundle old = version("1.0.0", Servlet.class, new Page("1"), "servlet.init.");
        Bundle next = version("2.0.0", Servlet.class, new Page("2"), "servlet.init.");
        old.start();
        Servlet servlet = servlet();
        servlet.init(CONFIG);
        Request request = new Request();
        request.async = true;
        send(servlet, request);
        container.bring(Map.of(old, next));
        container.exchange.warm();
        container.exchange.switchOver();

        assertThat(container.exchange.traffic().awaitIdle(Duration.ZERO)).hasSize(1);
        request.dispatcher = DispatcherType.ASYNC;
        request.async = false;
        log.clear();
        send(servlet, request);
        assertThat(log).containsExactly("service 1");
        request.complete();
        assertThat(container.exchange.traffic().awaitIdle(Duration.ZERO)).isEmpty();
        send(servlet, new Request());
        assertThat(log).containsExactly("service 1", "service 2");
    }

    @Test
    void aSafePointDoesNotTakeTheSecondHalfOfARequestOutOfItsGeneration() throws Exception {
        List<Integer> sides = new ArrayList<>();
        Page page = new Page("1") {
            private static final long serialVersionUID = 1L;

            @Override
            public void service(ServletRequest request, ServletResponse response) {
                container.exchange.calls().safePoint();
                sides.add(side());
            }
        };
        Bundle old = version("1.0.0", Servlet.class, page, "servlet.init.");
        Bundle next = version("2.0.0", Servlet.class, new Page("2"), "servlet.init.");
        old.start();
        Servlet servlet = servlet();
        Request request = new Request();
        request.async = true;
        send(servlet, request);
        container.bring(Map.of(old, next));
        container.exchange.switchOver();
        request.dispatcher = DispatcherType.ASYNC;
        request.async = false;

        send(servlet, request);

        assertThat(sides).containsExactly(0, 0);
    }

    /** The side of the call that runs. */
    private int side() {
        return container.exchange.traffic().board().slots().get().pin.side();
    }

    @Test
    void filtersAndContextListenersAreLedToo() throws Exception {
        Filter filter = new Filter() {
            @Override
            public void init(FilterConfig config) {
                log.add("init " + config.getInitParameter("greeting"));
            }

            @Override
            public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
                log.add("filter");
            }

            @Override
            public void destroy() {
                log.add("destroy");
            }
        };
        ServletContextListener listener = new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                log.add("context of " + event.getServletContext().getContextPath());
            }

            @Override
            public void contextDestroyed(ServletContextEvent event) {
                log.add("context gone");
            }
        };
        Bundle app = version("1.0.0", Filter.class, filter, "filter.init.");
        app.start();
        app.getBundleContext().registerService(ServletContextListener.class, listener, null);
        Filter stableFilter = whiteboard.getService(whiteboard.getServiceReference(Filter.class));
        ServletContextListener stableListener =
                whiteboard.getService(whiteboard.getServiceReference(ServletContextListener.class));

        stableFilter.init(stub(FilterConfig.class, (proxy, method, args) -> null));
        stableFilter.doFilter(
                new Request().request,
                stub(ServletResponse.class, (proxy, method, args) -> null),
                (request, response) -> {});
        stableFilter.destroy();
        stableListener.contextInitialized(new ServletContextEvent(CONTEXT));
        stableListener.contextDestroyed(new ServletContextEvent(CONTEXT));

        assertThat(log).containsExactly("init from 1.0.0", "filter", "destroy", "context of /shop", "context gone");
    }
}
