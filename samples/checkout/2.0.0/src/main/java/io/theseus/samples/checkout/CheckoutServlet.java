// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.checkout;

import io.theseus.api.Calls;
import io.theseus.samples.shop.Basket;
import io.theseus.samples.shop.Ledger;
import io.theseus.samples.shop.Pricing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.servlet.AsyncContext;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * The door of the shop.
 *
 * <pre>
 * GET  /checkout?account=A&amp;item=tea&amp;quantity=2   looks; with async=true on a thread of the checkout's own
 * POST /checkout?account=A&amp;amount=12             posts
 * </pre>
 */
@Component(name = "checkout.Checkout", service = Servlet.class)
@HttpWhiteboardServletName("checkout")
@HttpWhiteboardServletPattern("/checkout")
@HttpWhiteboardServletAsyncSupported
public final class CheckoutServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    // A class of this version in the session would be a stranger to the next version: JDK types only.
    private static final String VISITS = "visits";
    private static final int THREADS = 4;

    private final transient Till till;
    private final transient ExecutorService threads;
    private final transient Executor sameGeneration;

    /** Without Theseus in the container there are no {@code calls}, and no generations either. */
    @Activate
    public CheckoutServlet(
            @Reference Pricing pricing,
            @Reference Ledger ledger,
            @Reference Basket basket,
            @Reference Optional<Calls> calls) {
        till = new Till(pricing, ledger, basket);
        threads = Executors.newFixedThreadPool(THREADS, CheckoutServlet::thread);
        sameGeneration = calls.map(c -> c.wrap(threads)).orElse(threads);
    }

    @Deactivate
    void deactivate() {
        threads.shutdown();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String account = String.valueOf(request.getParameter("account"));
        String item = String.valueOf(request.getParameter("item"));
        String quantity = String.valueOf(request.getParameter("quantity"));
        int visits = visit(request.getSession());
        Supplier<Receipt> work =
                () -> till.look(account, item, Integer.parseInt(quantity)).put(VISITS, visits);
        if (Boolean.parseBoolean(request.getParameter("async"))) {
            later(request.startAsync(), response, work);
        } else {
            Answers.write(response, work);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String account = String.valueOf(request.getParameter("account"));
        String amount = String.valueOf(request.getParameter("amount"));
        int visits = visit(request.getSession());
        Answers.write(response, () -> till.post(account, Long.parseLong(amount)).put(VISITS, visits));
    }

    private void later(AsyncContext async, HttpServletResponse response, Supplier<Receipt> work) {
        sameGeneration.execute(() -> {
            try {
                Answers.write(response, work);
            } catch (IOException gone) {
                throw new UncheckedIOException("the client of an answer is gone", gone);
            } finally {
                async.complete();
            }
        });
    }

    private static int visit(HttpSession session) {
        int visits = session.getAttribute(VISITS) instanceof Integer before ? before + 1 : 1;
        session.setAttribute(VISITS, visits);
        return visits;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "checkout");
        thread.setDaemon(true);
        return thread;
    }
}
