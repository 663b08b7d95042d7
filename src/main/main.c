/* The program's entry. Everything else is a command: command.h. */
#include "main/command.h"

#include <signal.h>
#include <sodium.h>

int main(int argc, char **argv)
{
    if (sodium_init() < 0) {
        fputs("kolokol: libsodium could not be started\n", stderr);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    return command_main(argc, argv, stdout, stderr);
}
