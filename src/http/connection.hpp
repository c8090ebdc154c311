#pragma once

#include "http/connection_settings.hpp"
#include "http/response_capture.hpp"
#include "http/tls/shared_tls.hpp"
#include "http/transport.hpp"

#include <curl/curl.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <stdexcept>

namespace alpaca::broker::http {

/// libcurl or the system could not provide a connection. The text names the setting that failed.
class ConnectionSetupError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One persistent connection to the broker. The first exchange opens it, and it runs on the calling thread.
///
/// It contains the guards against wrong answers; docs/guards.md names them and their tests. Only one exchange may run
/// at a time. Any thread may call `abort` while the object exists.
class Connection {
 public:
  /// Prepares the libcurl handle; opens no connection.
  ///
  /// @param tls shared with the client's other connections; null: nothing is shared
  /// @throws ConnectionSetupError
  explicit Connection(const ConnectionSettings& settings, std::shared_ptr<SharedTls> tls = nullptr);

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() = default;

  /// Sends the request once and waits for the answer, at most as long as the limits allow.
  Exchange run(const HttpRequest& request, const Limits& limits);

  /// Ends the running exchange; the connection counts as failed.
  void abort() noexcept;

  /// True when the connection must not be used again. The last exchange did not end cleanly, or the server closes the
  /// connection after it. One handle is one connection.
  [[nodiscard]] bool failed() const noexcept { return failed_ || aborted_; }

  /// True when the connection can carry another exchange. The last one ended cleanly, and the server has sent or closed
  /// nothing since. Leftover bytes on an idle connection would be taken for the next request's answer.
  [[nodiscard]] bool isReusable() const noexcept;

 private:
  struct EasyDeleter {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
  };
  struct UrlDeleter {
    void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
  };
  struct MultiDeleter {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
  };
  struct ListDeleter {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
  };
  struct AuthorizationDeleter {
    void operator()(curl_slist* line) const noexcept;
  };

  // Set libcurl's options: connection_options.cpp.
  void applyServer(const ConnectionSettings& settings);
  void applySettings(const ConnectionSettings& settings);
  void applyTrust(const ConnectionSettings& settings);
  void applyHeaders(const ConnectionSettings& settings);
  void addHeader(const std::string& line);
  void applyLogin(const credentials::CredentialSet& login);
  void applyRequest(const HttpRequest& request, const Limits& limits);

  // Run an exchange and read its outcome: connection.cpp.
  CURLcode drive();
  Exchange conclude(CURLcode code);
  [[nodiscard]] bool answerCameTooEarly() const noexcept;
  [[nodiscard]] std::string detailOf(CURLcode code, Failure failure) const noexcept;
  [[nodiscard]] Timings timings() const noexcept;
  [[nodiscard]] long longInfo(CURLINFO info) const noexcept;
  [[nodiscard]] Failure failureFor(CURLcode code) const noexcept;

  static CURLcode onTlsContext(CURL* easy, void* context, void* self) noexcept;
  static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static curl_socket_t onSocket(void* self, curlsocktype purpose, curl_sockaddr* address) noexcept;
  static int onSocketClose(void* self, curl_socket_t socket) noexcept;
  static int onRequest(void* self, char* remoteIp, char* localIp, int remotePort, int localPort) noexcept;

  const bool timingsWanted_;
  const bool hasProxy_;
  // The sockets that libcurl has open for this connection. There are several while it tries a server's addresses side
  // by side. Once connected there is one, and the sum is that socket. Declared before multi_, which closes the sockets
  // when it is destroyed.
  std::uintptr_t sumOfSockets_ = 0;
  int openSockets_ = 0;
  // Declared before easy_, which points to these.
  std::unique_ptr<CURLU, UrlDeleter> url_;
  std::unique_ptr<curl_slist, ListDeleter> headers_;
  std::unique_ptr<curl_slist, AuthorizationDeleter> authorization_;  // comes before the headers
  std::shared_ptr<SharedTls> tls_;
  std::unique_ptr<CURLM, MultiDeleter> multi_;
  std::unique_ptr<CURL, EasyDeleter> easy_;
  std::array<char, CURL_ERROR_SIZE> errorText_{};
  std::string tlsFault_;  // why no TLS connection was opened; libcurl's own text would not say
  // The request target, after the path prefix of the server's address.
  std::string target_;
  std::size_t prefixLength_ = 0;
  const char* method_ = nullptr;  // as set in libcurl
  std::uint64_t login_ = 0;       // the number of the login in authorization_
  std::chrono::milliseconds connectTimeout_{0};
  ResponseCapture capture_;
  int requestsStarted_ = 0;                 // how often libcurl was about to send in this exchange
  curl_socket_t socket_ = CURL_SOCKET_BAD;  // the socket that the last exchange left open
  bool failed_ = false;
  bool unsolicited_ = false;  // this exchange received something that did not answer its request
  std::atomic<bool> aborted_{false};
};

}  // namespace alpaca::broker::http
