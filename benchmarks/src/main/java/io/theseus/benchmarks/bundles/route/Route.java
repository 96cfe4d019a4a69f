// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.bundles.route;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.core.osgi.OsgiDefaultCamelContext;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Sends a message through a route and looks at what comes out of it. */
@Component(property = "ways.call=route")
public final class Route implements Supplier<String> {
    private final AtomicLong number = new AtomicLong();
    private final CamelContext context;
    private final ProducerTemplate template;

    @Activate
    public Route(BundleContext own) throws Exception {
        context = new OsgiDefaultCamelContext(own);
        context.start();
        context.addRoutes(new Orders());
        template = context.createProducerTemplate();
    }

    @Deactivate
    void stop() {
        context.stop();
    }

    @Override
    public String get() {
        long pieces = number.incrementAndGet() % 100;
        String answer = template.requestBodyAndHeader("direct:orders", "tea,rope", "pieces", pieces, String.class);
        String expected = (pieces > 50 ? "ship" : "cart") + " brings " + pieces + " of tea,rope";
        if (!answer.equals(expected)) {
            throw new IllegalStateException("the route answered " + answer + ", not " + expected);
        }
        return context.getVersion() + " " + answer;
    }

    private static final class Orders extends RouteBuilder {
        @Override
        public void configure() {
            from("direct:orders")
                    .choice()
                    .when(simple("${header.pieces} > 50"))
                    .to("direct:ship")
                    .otherwise()
                    .to("direct:cart");
            from("direct:ship").setBody(simple("ship brings ${header.pieces} of ${body}"));
            from("direct:cart").setBody(simple("cart brings ${header.pieces} of ${body}"));
        }
    }
}
