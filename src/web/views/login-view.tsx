import type { Messages } from '../messages.ts'

/** Asks for the token and the reviewer's name; shown only where a token is needed. */
export function LoginView({ messages, isWrong }: { readonly messages: Messages; readonly isWrong: boolean }) {
  const { say } = messages
  return (
    <html lang={messages.language === 'zh' ? 'zh-CN' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>gongkai</title>
        <link rel="icon" href="/client/icon.svg" />
        <link rel="stylesheet" href="/client/style.css" />
      </head>
      <body class="page-login">
        <main>
          <form class="login" method="post" action="/login">
            <h1>{say('login-title')}</h1>
            <label for="token">{say('token')}</label>
            <input id="token" name="token" type="password" autocomplete="current-password" required />
            <label for="name">{say('name')}</label>
            <input id="name" name="name" type="text" autocomplete="name" maxlength={60} required />
            {isWrong ? (
              <p class="fault" role="alert">
                {say('wrong-token')}
              </p>
            ) : null}
            <button class="main" type="submit">
              {say('enter')}
            </button>
          </form>
        </main>
      </body>
    </html>
  )
}
