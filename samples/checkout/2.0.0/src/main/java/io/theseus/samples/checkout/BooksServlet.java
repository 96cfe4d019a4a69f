// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.checkout;

import io.theseus.samples.shop.Basket;
import io.theseus.samples.shop.Ledger;
import io.theseus.samples.shop.Pricing;
import java.io.IOException;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** For the accountant: {@code GET /checkout/books} answers the sum of the ledger. */
@Component(name = "checkout.Books", service = Servlet.class)
@HttpWhiteboardServletName("checkout-books")
@HttpWhiteboardServletPattern("/checkout/books")
public final class BooksServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Till till;

    @Activate
    public BooksServlet(@Reference Pricing pricing, @Reference Ledger ledger, @Reference Basket basket) {
        till = new Till(pricing, ledger, basket);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answers.write(response, till::books);
    }
}
