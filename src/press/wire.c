/* Orders and frames on a socket: wire.h. */
#include "press/wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

static bool send_all(int to, const void *bytes, size_t length)
{
    for (const uint8_t *next = bytes; length > 0;) {
        ssize_t sent = send(to, next, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        next += sent;
        length -= (size_t)sent;
    }
    return true;
}

bool wire_send(int to, const void *head, size_t head_length, const void *bytes, size_t length)
{
    struct iovec parts[] = {{(void *)(uintptr_t)head, head_length},
                            {(void *)(uintptr_t)bytes, length}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = G_N_ELEMENTS(parts)};
    ssize_t sent = sendmsg(to, &message, MSG_NOSIGNAL);
    size_t done = sent < 0 ? 0 : (size_t)sent;
    if (done < head_length) {
        return (sent > 0 || errno == EINTR) &&
               send_all(to, (const uint8_t *)head + done, head_length - done) &&
               send_all(to, bytes, length);
    }
    done -= head_length;
    return done == length || send_all(to, (const uint8_t *)bytes + done, length - done);
}

bool wire_send_frame(int to, WireKind kind, const void *bytes, size_t length)
{
    WireHead head = {(uint32_t)length, kind};
    return wire_send(to, &head, sizeof head, bytes, length);
}

static bool receive(int from, void *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t got = recv(from, (uint8_t *)bytes + done, length - done, 0);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        done += (size_t)got;
    }
    return true;
}

bool wire_receive_order(int from, WireOrder *order, GPtrArray *names)
{
    if (!receive(from, order, sizeof *order) || order->length > WIRE_MAX) {
        return false;
    }
    g_autofree char *text = g_malloc(order->length + 1);
    if (!receive(from, text, order->length)) {
        return false;
    }
    text[order->length] = '\0';
    for (const char *name = text; name < text + order->length; name += strlen(name) + 1) {
        g_ptr_array_add(names, g_strdup(name));
    }
    return true;
}

int wire_next(const uint8_t *bytes, size_t length, WireHead *head, const uint8_t **frame)
{
    WireHead next;
    if (length < sizeof next) {
        return 0;
    }
    memcpy(&next, bytes, sizeof next);
    if (next.length > WIRE_MAX) {
        return -1;
    }
    if (length - sizeof next < next.length) {
        return 0;
    }
    *head = next;
    *frame = bytes + sizeof next;
    return 1;
}
